import supertest from 'supertest';
import { ImportJobs } from '../../../../src/features/contacts/imports/applying/import-jobs.js';
import type { TestProgram } from '../../../harness/program.js';

type Body = Record<string, unknown>;

const FIELDS = 'id state preview total done created updated unchanged skipped reverted notes failure finishedAt';

type Source = 'linkedin' | 'google' | 'outlook' | 'csv' | 'vcard' | 'linkedin-messages';

/** The mutation of each source, its input, and the field of that input that holds the text. */
const MUTATIONS: Readonly<Record<Source, readonly [verb: string, input: string, text: string]>> = {
  linkedin: ['importLinkedIn', 'ImportLinkedInInput', 'csv'],
  google: ['importGoogle', 'ImportTableInput', 'csv'],
  outlook: ['importOutlook', 'ImportTableInput', 'csv'],
  csv: ['importCsv', 'ImportCsvInput', 'csv'],
  vcard: ['importVcards', 'ImportVcardsInput', 'vcard'],
  'linkedin-messages': ['importLinkedInMessages', 'ImportLinkedInMessagesInput', 'csv'],
};

interface Given {
  readonly source?: Source;
  readonly charset?: string;
  readonly preview?: boolean;
  readonly dateOrder?: string;
  readonly ownProfile?: string;
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

  private async post(
    file: string | Buffer,
    { source = 'linkedin', charset, preview, dateOrder, ownProfile, mapping = {} }: Given,
  ): Promise<Imported> {
    const type = source === 'vcard' ? 'text/vcard' : 'text/csv';
    const query = new URLSearchParams({
      ...(preview === undefined ? {} : { preview: String(preview) }),
      ...(dateOrder === undefined ? {} : { dateOrder }),
      ...(ownProfile === undefined ? {} : { ownProfile }),
    });
    for (const [column, name] of Object.entries(mapping)) query.set(`mapping[${column}]`, name);
    const { body, status } = await supertest(this.program.app.getHttpServer())
      .post(`/v1/imports/${source}?${query}`)
      .set('authorization', `Bearer ${this.program.key}`)
      .set('content-type', charset === undefined ? type : `${type}; charset=${charset}`)
      .serialize((bytes: unknown) => bytes as string)
      .send(Buffer.from(file as string));
    if (status === 202) return { it: body, rows: [], code: null, detail: '' };
    return { it: {}, rows: [], code: body.code, detail: body.detail };
  }

  private async mutate(file: string | Buffer, { source = 'linkedin', charset, ...options }: Given): Promise<Imported> {
    const [verb, shape, text] = MUTATIONS[source];
    const bytes = typeof file === 'string' ? { [text]: file } : { base64: file.toString('base64') };
    const query = `mutation ($input: ${shape}!) { ${verb}(input: $input) { import { ${FIELDS} } } }`;
    const input = { ...bytes, ...(charset === undefined ? {} : { charset }), ...options };
    const { body } = await this.program.graphql(query, { input });
    return this.told(body, verb);
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
