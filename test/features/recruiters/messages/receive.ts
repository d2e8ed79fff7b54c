import type { Body } from '../../../harness/face.js';
import type { Face } from '../../../harness/faces.js';
import type { TestProgram } from '../../../harness/program.js';
import { wholeOf } from '../../../harness/whole-of.js';

/** What became of something that was sent in, in the same form over both faces. */
export interface Taken {
  readonly data: Body;
  readonly code: string | null;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
  /** Of REST alone. */
  readonly status: number | null;
}

interface Sent {
  readonly program: TestProgram;
  readonly face: Face['name'];
  readonly key?: string;
}

/** Sends in a message by its parts. */
export async function receive({ program, face, key = program.key }: Sent, input: Body): Promise<Taken> {
  if (face === 'rest') {
    const answer = await program.ask('post', '/v1/inbound/messages', { body: input, key });
    return takenOf(answer.status, answer.body as Body);
  }
  const query = `mutation ($input: ReceiveMessageInput!) { receiveMessage(input: $input) { message ${wholeOf(program.schema, 'Message')} } }`;
  const { body } = await program.graphql(query, { input }, { key });
  const [error] = (body.errors ?? []) as { extensions: { code: string; errors?: Taken['errors'] } }[];
  if (error) return { data: {}, code: error.extensions.code, errors: error.extensions.errors ?? [], status: null };
  return { data: body.data.receiveMessage.message as Body, code: null, errors: [], status: null };
}

/** Sends in a mail as it is: over REST its bytes, over GraphQL in base64. */
export async function receiveMail(sent: Sent, mail: string | Buffer): Promise<Taken> {
  const bytes = Buffer.from(mail);
  if (sent.face === 'graphql') return receive(sent, { raw: bytes.toString('base64') });
  return postMail(sent, bytes);
}

/** Its bytes over REST, where it may be larger. */
export async function postMail({ program, key = program.key }: Omit<Sent, 'face'>, bytes: Buffer): Promise<Taken> {
  const headers = { 'content-type': 'message/rfc822' };
  const answer = await program.ask('post', '/v1/inbound/messages', { headers, key }).send(bytes);
  return takenOf(answer.status, answer.body as Body);
}

function takenOf(status: number, body: Body): Taken {
  if (status < 400) return { data: body, code: null, errors: [], status };
  return { data: {}, code: String(body.code), errors: (body.errors ?? []) as Taken['errors'], status };
}
