import { PoisonedTable } from '../harness/poison.js';
import { Installation } from './installation.js';
import type { Child } from './child.js';
import type { Receiver } from './receiver.js';
import { until } from '../harness/until.js';

type Body = Record<string, unknown>;

const WORD = 'xq7canary';
const DIGITS = '3075550142';
/** What a refusal of PostgreSQL may hold: the row, in its message and in its detail. */
const quoting = (row: string) => `no %', ${row}::text using detail = ${row}::text, hint = '`;
const faces = ['rest', 'graphql'] as const;

let installation: Installation;
let receiver: Receiver;
let program: Child;

beforeAll(async () => {
  installation = await Installation.open({ LOG_LEVEL: 'debug', WEBHOOK_RETRY_SECONDS: '0,0' });
  receiver = await installation.receiver();
  program = await installation.start('api,worker');
});
afterAll(() => installation.close());

const person = (of: string): Body => ({
  name: `Zoe ${WORD} ${of}`,
  emails: [`${WORD}-${of}@example.org`],
  phones: [`+49 30 7555 0142`],
  links: [{ kind: 'github', value: `https://github.com/${WORD}-${of}` }],
  notes: `Knows ${WORD}`,
  tags: [WORD],
});

/** A mutation by its name, with the input's type. */
const mutation = (verb: string, input: string, shown: string, id = ''): string =>
  `mutation ($input: ${input}!${id && ', $id: ID!'}) { answer: ${verb}(${id && 'id: $id, '}input: $input) { ${shown} } }`;

async function graphql(query: string, variables: Body): Promise<Body> {
  const { answer } = await installation.ask('POST', '/graphql', { query, variables });
  return ((answer.data as Body | null)?.answer ?? {}) as Body;
}

async function made(face: (typeof faces)[number]): Promise<string> {
  const input = person(face);
  if (face === 'rest') return String((await installation.post('/v1/contacts', input)).id);
  const { contact } = await graphql(mutation('createContact', 'CreateContactInput', 'contact { id }'), { input });
  return String((contact as Body).id);
}

async function erased(face: (typeof faces)[number], id: string): Promise<void> {
  const input = { name: `Zoe ${WORD} ${face}` };
  if (face === 'rest') await installation.post(`/v1/contacts/${id}/erasure`, input);
  else await graphql(mutation('eraseContact', 'EraseContactInput', 'erasure { id }', 'with'), { id, input });
}

/** Requests that are refused, and requests that the program fails at. */
async function failingRequests(): Promise<void> {
  const poisoned = await PoisonedTable.pour(installation.pool, 'contacts', 'insert', `new.notes = 'fails'`, {
    fails: quoting('new'),
  });
  const failing = { ...person('again'), notes: 'fails' };
  const many = { ...person('again'), emails: [`${WORD}@`], phones: 7, birthday: WORD, company: [WORD] };
  const created = mutation('createContact', 'CreateContactInput', 'contact { id }');
  expect((await installation.ask('POST', '/v1/contacts', failing)).status).toBe(500);
  await graphql(created, { input: failing });
  await installation.ask('POST', '/v1/contacts', many);
  await graphql(created, { input: many });
  await graphql(created.replace('{ id }', `{ ${WORD} }`), { input: failing });
  await installation.ask('GET', `/v1/contacts?filter[${WORD}][eq]=${WORD}&q=${WORD}`);
  await installation.ask('GET', `/v1/${WORD}?q=${WORD}`);
  await fetch(`${installation.address}/v1/contacts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${installation.key}`, 'content-type': 'application/json' },
    body: `{"name": "Zoe ${WORD}`,
  });
  await poisoned.mend();
}

/** An import of which a row fails, one that cannot be read, and one that goes well. */
async function failingImports(): Promise<void> {
  const poisoned = await PoisonedTable.pour(installation.pool, 'contacts', 'insert', `new.company = 'Fails'`, {
    fails: quoting('new'),
  });
  const row = (of: string, company: string) => `Zoe,${WORD} ${of},${WORD}-${of}@example.org,${company}\n`;
  const file = `First Name,Last Name,Email Address,Company\n${row('rest', 'Fails')}${row('new', 'Fails')}${row('good', WORD)}`;
  await installation.sendFile('/v1/imports/csv', 'text/csv', file);
  await graphql('mutation ($input: ImportCsvInput!) { answer: importCsv(input: $input) { import { id } } }', {
    input: { csv: `Nothing,Here\n"${WORD}` },
  });
  await installation.untilNumber('an import ends', 1, `select count(*) from imports where finished_at is not null`);
  await poisoned.mend();
}

/** Deliveries that are refused, a template that fails, and a batch of the workers that fails on the person's reminder. */
async function failingDeliveries(id: string): Promise<void> {
  const title = '(select r.title from reminders r where r.account_id = new.account_id and r.id = new.reminder_id)';
  const poison = { fails: quoting(title) };
  const poisoned = await PoisonedTable.pour(installation.pool, 'occurrences', 'update', `new.state = 'open'`, poison);
  await installation.post('/v1/reminders', {
    title: `Call ${WORD}`,
    dueAt: '2020-01-01T00:00:00Z',
    subjectType: 'contact',
    subjectId: id,
  });
  await until('it is set aside', () => /is set aside/.test(program.err));
  await installation.patch(`/v1/contacts/${id}`, { title: WORD });
  await installation.untilNumber(
    'deliveries are given up',
    1,
    `select count(*) from deliveries where state = 'exhausted'`,
  );
  await poisoned.mend();
}

test('T3: the log holds nothing of an erased person, at its most talkative, whatever failed', async () => {
  const url = `http://${receiver.host}/forgotten`;
  await receiver.trust('/forgotten', null);
  await installation.post('/v1/webhooks', { url, eventTypes: ['contact.*'], filter: { name: { contains: WORD } } });
  await receiver.behave('/forgotten', { answer: 'fail' });
  const ids = new Map<(typeof faces)[number], string>();
  for (const face of faces) ids.set(face, await made(face));
  await failingRequests();
  await failingImports();
  await failingDeliveries(ids.get('rest') ?? '');
  for (const face of faces) await erased(face, ids.get(face) ?? '');
  expect(await installation.number(`select count(*) from erasures where reason = 'request'`)).toBe(2);
  const log = program.out.slice(program.out.indexOf('Kith is running')) + program.err;
  const failures = ['a request failed', 'was skipped', 'a batch failed', 'is set aside', 'state P0001'];
  expect(failures.filter((said) => !log.includes(said))).toEqual([]);
  const found = log.split('\n').filter((line) => line.includes(WORD) || line.replace(/\W/g, '').includes(DIGITS));
  expect(found).toEqual([]);
});
