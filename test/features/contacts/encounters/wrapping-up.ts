import type { TestProgram } from '../../../harness/program.js';

export type Body = Record<string, unknown>;
export interface Report {
  readonly encounterId: string;
  readonly people: readonly { contactId: string; outcome: string; followUpAt: string | null }[];
}
interface Answer {
  readonly code: string | null;
  readonly errors: readonly { pointer: string; code: string }[];
  readonly data: Report;
}

const MUTATION = `mutation ($input: WrapUpEncounterInput!) {
  wrapUpEncounter(input: $input) { encounterId people { contactId outcome followUpAt } } }`;

async function overRest(program: TestProgram, body: Body, key?: string): Promise<Answer> {
  const { status, body: answer } = await program.ask('post', '/v1/encounters/wrap-up', {
    body,
    ...(key ? { key } : {}),
  });
  if (status === 201) return { code: null, errors: [], data: answer };
  return { code: answer.code, errors: answer.errors ?? [], data: { encounterId: '', people: [] } };
}

async function overGraphql(program: TestProgram, input: Body, key?: string): Promise<Answer> {
  const { body } = await program.graphql(MUTATION, { input }, key ? { key } : {});
  const [error] = body.errors ?? [];
  if (!error) return { code: null, errors: [], data: body.data.wrapUpEncounter };
  return {
    code: error.extensions.code,
    errors: error.extensions.errors ?? [],
    data: { encounterId: '', people: [] },
  };
}

/** A wrap-up over either face: the argument of `describe.each`. */
export const wrapUps = [
  ['rest', overRest],
  ['graphql', overGraphql],
] as const;

/** What a scenario asks of a program with nothing in it. */
export class WrappingUp {
  constructor(
    readonly program: TestProgram,
    readonly wrap: (typeof wrapUps)[number][1],
  ) {}

  /** Empties the account; it is Monday, 2 March, 10:00. */
  async clear(): Promise<void> {
    await this.program.clear();
    this.program.clock.set('2026-03-02T10:00:00.000Z');
    await this.program.events();
  }

  async make(path: string, body: Body): Promise<string> {
    return (await this.program.ask('post', path, { body })).body.id;
  }

  async get(path: string) {
    return (await this.program.ask('get', path)).body;
  }

  async wrapUp(body: Body): Promise<Report> {
    const { code, errors, data } = await this.wrap(this.program, body);
    expect([code, errors]).toEqual([null, []]);
    return data;
  }
}
