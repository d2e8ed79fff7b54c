import supertest from 'supertest';
import { declaredTables } from '../../../src/features/transfers/layout.service.js';
import { ImportJobs } from '../../../src/features/contacts/imports/applying/import-jobs.js';
import { TransferJobs } from '../../../src/features/transfers/transfer-jobs.js';
import type { TestProgram } from '../../harness/program.js';

type Body = Record<string, unknown>;

const CSV = `First Name,Last Name,URL,Email Address,Company,Position,Connected On
Alan,Kay,https://www.linkedin.com/in/alan-kay,,Viewpoints,Fellow,17 May 2025
`;

/** Fills the account of a program: something of everything, as its callers make it. */
export async function filledAccount(program: TestProgram): Promise<void> {
  const make = async (method: 'post' | 'put' | 'patch' | 'delete', path: string, body?: Body): Promise<Body> => {
    const { status, body: made, text } = await program.ask(method, `/v1/${path}`, body ? { body } : {});
    if (status >= 300) throw new Error(`${path}: ${text}`);
    return made as Body;
  };
  const id = async (path: string, body: Body): Promise<string> => String((await make('post', path, body)).id);
  const message = { from: 'Eve <eve@hire.example>', headers: { References: '<1@x> <2@x>' }, text: 'Hello\n日本' };
  await make('post', 'inbound/messages', message);
  await make('patch', 'account', {
    timeZone: 'Europe/Berlin',
    quietFrom: '22:00',
    quietUntil: '07:00',
    digest: 'weekly',
    innerEvery: 'P5W',
    keepMessageTexts: false,
    availability: 'warm',
    openFrom: '2026-09-01',
  });
  const circle = await id('circles', { name: 'TypeScript Berlin', url: 'https://example.org/ts' });
  const ada = await id('contacts', {
    ...{
      name: 'Ada „Lovelace“ 日本',
      emails: ['ada@example.org'],
      phones: ['+44 20'],
      birthday: '--12-10',
      tags: ['js', 'a,b'],
    },
    ...{
      links: [{ kind: 'github', value: 'https://github.com/ada' }],
      notes: 'two\nlines',
      tier: 'close',
      metOn: '2025-01-10',
    },
    custom: { big: 1e300, nested: { list: [1, null, 'x'] } },
  });
  const eve = await id('contacts', { name: 'Eve', company: 'Acme GmbH', metThroughId: ada, keepInTouchEvery: 'P2M' });
  await make('patch', `contacts/${ada}`, { metThroughId: eve });
  await make('put', 'contacts/by/crm/17', { name: 'Ida', title: 'CTO' });
  const twin = await id('contacts', { name: 'Eve A.', tags: ['twin'] });
  await make('post', 'favours', { contactId: twin, direction: 'given', kind: 'intro', occurredOn: '2026-01-02' });
  await make('post', `contacts/${eve}/merge`, { contactId: twin });
  await make('post', 'contacts/duplicates/dismissal', { firstId: ada, secondId: eve });
  const gone = await id('contacts', { name: 'Gone' });
  await make('delete', `contacts/${gone}`);
  const erased = await id('contacts', { name: 'Erased', emails: ['erased@example.org'] });
  await make('post', `contacts/${erased}/erasure`, { name: 'Erased' });
  await make('post', 'memberships', { circleId: circle, contactId: ada, handle: '@ada', since: '2024-01-01' });
  await make('post', 'encounters/wrap-up', {
    ...{ kind: 'meetup', title: 'Meetup', occurredOn: '2026-03-01', circleId: circle },
    people: [
      { contactId: ada, role: 'speaker' },
      { name: 'Zoe', tier: 'inner' },
    ],
  });
  await make('post', 'interactions', { contactIds: [ada, eve], channel: 'email', occurredAt: '2026-02-01T10:00:00Z' });
  await make('post', 'favours', { contactId: ada, direction: 'given', kind: 'intro', occurredOn: '2026-01-01' });
  await make('post', 'savedFilters', {
    name: 'Near',
    list: 'contacts',
    filter: { tags: { has: 'berlin' } },
    sort: ['name'],
  });
  await make('post', 'employments', { contactId: ada, company: 'Acme', title: 'Engineer', startedOn: '2020-01-01' });
  const recruiter = await id('recruiters', { contactId: eve, agency: 'Hire' });
  await make('post', `recruiters/${recruiter}/parking`, {});
  const profile = 'https://www.linkedin.com/in/eve';
  await make('patch', `contacts/${eve}`, { links: [{ kind: 'linkedin', value: profile }] });
  await make('post', 'inbound/messages', { channel: 'linkedin', profile, subject: 'A job', messageId: '17' });
  await make('post', `recruiters/${recruiter}/return`, { evidence: 'They called' });
  const interview = await id('interviews', { company: 'Acme', role: 'Staff', intent: 'practice' });
  await make('post', 'rounds', {
    interviewId: interview,
    kind: 'screening',
    startsAt: '2026-04-01T10:00:00Z',
    timeZone: 'UTC',
  });
  const reminder = await id('reminders', {
    title: 'Weekly',
    dueAt: '2026-03-05T09:00:00Z',
    rrule: 'FREQ=WEEKLY',
    leads: ['P1D'],
  });
  await make('post', `reminders/${reminder}/snooze`, { for: 'P1W' }).catch(() => undefined);
  await program.ask('post', '/v1/imports/linkedin', { headers: { 'content-type': 'text/csv' } }).send(CSV);
  while ((await program.app.get(ImportJobs).takeTurn()) !== null);
}

/** The file of an account. */
export async function fileOf(program: TestProgram, key = program.key): Promise<string> {
  const response = await fetch(`${program.address}/v1/account/export`, { headers: { authorization: `Bearer ${key}` } });
  if (response.status !== 200) throw new Error(await response.text());
  return response.text();
}

interface Sent {
  readonly status: number;
  readonly it: Body;
}

/** Sends a file and lets the worker finish it. */
export async function sendFile(program: TestProgram, key: string, file: string | Buffer): Promise<Sent> {
  const { status, body } = await supertest(program.app.getHttpServer())
    .post('/v1/account/import')
    .set({ authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' })
    .send(file);
  if (status !== 202) return { status, it: body };
  while ((await program.app.get(TransferJobs).takeTurn()) !== null);
  const { body: it } = await program.ask('get', `/v1/transfers/${body.id}`, { key });
  return { status, it };
}

/** All rows of an account that travel, by their tables; the settings too. */
export async function rowsOf(program: TestProgram, key = program.key): Promise<Record<string, unknown[]>> {
  const { body: account } = await program.ask('get', '/v1/account', { key });
  const tables: Record<string, unknown[]> = {};
  for (const table of ['accounts', ...declaredTables().keys()]) {
    const own = table === 'accounts' ? `array['account_id', 'id']` : `array['account_id']`;
    const { rows } = await program.pool.query(
      `select to_jsonb(t) - ${own} as row from ${table} t where t.account_id = $1 order by (to_jsonb(t) - ${own})::text`,
      [account.id],
    );
    // A row about the account itself names another account elsewhere.
    const plain = (text: string): string => text.replaceAll(account.id, 'own');
    tables[table] = rows.map(({ row }) => JSON.parse(plain(JSON.stringify(row))) as unknown);
  }
  return tables;
}
