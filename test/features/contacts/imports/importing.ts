import supertest from 'supertest';
import { ImportJobs } from '../../../../src/features/contacts/imports/applying/import-jobs.js';
import type { TestProgram } from '../../../harness/program.js';

type Body = Record<string, unknown>;

const FIELDS = 'id state preview total done created updated unchanged skipped reverted notes failure finishedAt';

interface Given {
  readonly charset?: string;
  readonly preview?: boolean;
  readonly dateOrder?: string;
  readonly mapping?: Readonly<Record<string, string>>;
}

/** An import as either face shows it, or the refusal; with the rows of its report once it is done. */
export interface Imported {
  readonly it: Body;
  readonly rows: readonly Body[];
  readonly code: string | null;
  readonly detail: string;
}

export const HEADER = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';

/** A file of these rows, below the notes that LinkedIn writes. */
export function connections(...rows: readonly string[]): string {
  const notes =
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n';
  return `${notes}${HEADER}\n${rows.join('\n')}\n`;
}

/** Imports as one of the faces does, and the worker. */
export class Importing {
  constructor(
    private readonly name: 'rest' | 'graphql',
    readonly program: TestProgram,
  ) {}

  /** Sends a file and lets the worker finish it. */
  async send(file: string | Buffer, given: Given = {}): Promise<Imported> {
    const sent = this.name === 'rest' ? await this.post(file, given) : await this.mutate(file, given);
    return sent.code === null ? this.finished(String(sent.it.id)) : sent;
  }

  /** Applies a preview, or reverts an import, and lets the worker finish it. */
  async act(noun: 'application' | 'reversal', id: unknown): Promise<Imported> {
    const verb = noun === 'application' ? 'applyImport' : 'revertImport';
    const { body } =
      this.name === 'rest'
        ? await this.program.ask('post', `/v1/imports/${String(id)}/${noun}`)
        : await this.program.graphql(`mutation ($id: ID!) { ${verb}(id: $id) { import { ${FIELDS} } } }`, { id });
    const told = this.told(body, verb);
    return told.code === null ? this.finished(String(id)) : told;
  }

  async finished(id: string): Promise<Imported> {
    while ((await this.program.app.get(ImportJobs).takeTurn()) !== null);
    const rest = await this.program.ask('get', `/v1/imports/${id}`);
    const page = await this.program.ask('get', `/v1/importRows?filter[importId][eq]=${id}&sort=id&first=100`);
    return { it: rest.body, rows: page.body.data, code: null, detail: '' };
  }

  private async post(file: string | Buffer, { charset, preview, dateOrder, mapping = {} }: Given): Promise<Imported> {
    const query = new URLSearchParams({
      ...(preview === undefined ? {} : { preview: String(preview) }),
      ...(dateOrder === undefined ? {} : { dateOrder }),
    });
    for (const [column, name] of Object.entries(mapping)) query.set(`mapping[${column}]`, name);
    const { body, status } = await supertest(this.program.app.getHttpServer())
      .post(`/v1/imports/linkedin?${query}`)
      .set('authorization', `Bearer ${this.program.key}`)
      .set('content-type', charset === undefined ? 'text/csv' : `text/csv; charset=${charset}`)
      .serialize((bytes: unknown) => bytes as string)
      .send(Buffer.from(file as string));
    if (status === 202) return { it: body, rows: [], code: null, detail: '' };
    return { it: {}, rows: [], code: body.code, detail: body.detail };
  }

  private async mutate(file: string | Buffer, { charset, ...options }: Given): Promise<Imported> {
    const bytes = typeof file === 'string' ? { csv: file } : { base64: file.toString('base64') };
    const query = `mutation ($input: ImportLinkedInInput!) { importLinkedIn(input: $input) { import { ${FIELDS} } } }`;
    const input = { ...bytes, ...(charset === undefined ? {} : { charset }), ...options };
    const { body } = await this.program.graphql(query, { input });
    return this.told(body, 'importLinkedIn');
  }

  private told(
    body: Body & { data?: Record<string, { import: Body }>; errors?: { message: string; extensions: Body }[] },
    verb: string,
  ): Imported {
    if (this.name === 'rest') {
      const code = typeof body.code === 'string' ? body.code : null;
      return { it: body, rows: [], code, detail: String(body.detail) };
    }
    const [error] = body.errors ?? [];
    const it = body.data?.[verb]?.import ?? {};
    return { it, rows: [], code: error ? String(error.extensions.code) : null, detail: error?.message ?? '' };
  }
}
