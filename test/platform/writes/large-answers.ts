import type { Face } from '../../harness/faces.js';
import type { TestProgram } from '../../harness/program.js';
import { wholeOf } from '../../harness/whole-of.js';

interface Asked {
  readonly method: 'post' | 'patch';
  readonly path: (given: Given) => string;
  readonly body: (given: Given) => object;
  readonly query: (contact: string) => string;
}

type Given = Readonly<Record<string, unknown>>;

/** A contact as large as one can be, about 90 kB: its characters have three bytes each, and few are words that the search has to keep. */
export const LARGE = {
  name: 'Ada',
  notes: '…'.repeat(10_000),
  custom: { text: 'c'.repeat(16_000) },
  links: Array.from({ length: 30 }, (_, n) => ({
    kind: 'website',
    value: `https://a.example/${n}${'語'.repeat(470)}`,
  })),
};

/** A batch of contacts, on either face. */
export const BATCH: Asked = {
  method: 'post',
  path: ({ atomic = true }) => `/v1/contacts/batch?atomic=${String(atomic)}`,
  body: ({ operations }) => ({ operations }),
  query: (contact) =>
    `mutation ($operations: [ContactOperation!]!, $atomic: Boolean) { answer: batchContacts(operations: $operations, atomic: $atomic) {
      status id contact ${contact} problem { code } } }`,
};

/** A change of one contact. */
export const CHANGE: Asked = {
  method: 'patch',
  path: ({ id }) => `/v1/contacts/${String(id)}`,
  body: ({ input }) => input as object,
  query: (contact) =>
    `mutation ($id: ID!, $input: UpdateContactInput!) { answer: updateContact(id: $id, input: $input) { contact ${contact} } }`,
};

interface LargeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly data: unknown;
  readonly code: string | null;
  readonly message: string;
}

/** The answer of either face, with what it answers under `data`. */
export async function asked(
  program: TestProgram,
  face: Face['name'],
  { method, path, body, query }: Asked,
  given: Given,
  headers: Readonly<Record<string, string>> = {},
): Promise<LargeAnswer> {
  if (face === 'rest') {
    const {
      status,
      text,
      headers: told,
      body: answer,
    } = await program.ask(method, path(given), { body: body(given), headers });
    const code = status < 400 ? null : String(answer.code);
    return { status, headers: told, text, data: answer.data ?? answer, code, message: answer.detail ?? '' };
  }
  const text = query(wholeOf(program.schema, 'Contact'));
  const reply = await program.graphql(text, given, { headers });
  const [error] = reply.body.errors ?? [];
  const { answer } = reply.body.data ?? {};
  const { status, headers: told } = reply;
  return {
    status,
    headers: told,
    text: reply.text,
    data: answer,
    code: error?.extensions.code ?? null,
    message: error?.message ?? '',
  };
}

/** The contact in an answer about one. */
export function contactOf({ data }: LargeAnswer): Record<string, unknown> {
  const of = data as { contact?: Record<string, unknown> };
  return of.contact ?? (data as Record<string, unknown>);
}
