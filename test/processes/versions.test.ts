import { Installation } from './installation.js';
import type { Receiver } from './receiver.js';
import { until } from '../harness/until.js';

const PATH = '/seen';

let installation: Installation;
let receiver: Receiver;
let accountId: string;

/** What the migration of a newer version adds: new columns everywhere, which older versions do not write. */
const NEWER = [
  `do $$ declare t record; begin
    for t in select table_name as name from information_schema.tables where table_schema = 'public' and table_name not in ('migrations', 'outbox')
    loop execute format('alter table %I add column later text not null default ''later''', t.name); end loop; end $$`,
  `insert into migrations (timestamp, name) values (9000000000000, 'Later9000000000000')`,
];

beforeAll(async () => {
  installation = await Installation.open();
  receiver = await installation.receiver();
  await installation.start('api,worker');
  await receiver.trust(PATH, null);
  await make('/v1/webhooks', { url: `http://${receiver.host}${PATH}`, eventTypes: ['*'] });
  accountId = String((await installation.ask('GET', '/v1/account')).answer.id);
  for (const statement of NEWER) await installation.rows(statement);
});
afterAll(() => installation.close());

async function make(path: string, body: object): Promise<Record<string, unknown>> {
  const { status, answer } = await installation.ask('POST', path, { ...body });
  if (status !== 201) throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
  return answer;
}

const seen = async (subject: string): Promise<number> =>
  (await receiver.letters()).filter((letter) => letter.path === PATH && letter.subject === subject).length;

async function works(name: string): Promise<void> {
  const contact = await make('/v1/contacts', { name });
  await until('its event arrives', async () => (await seen(String(contact.id))) === 1);
  const reminder = await make('/v1/reminders', { title: name, dueAt: new Date().toISOString() });
  const [ring] = await until('it rings', async () => {
    const rows = await installation.rows<{ id: string }>(
      `select id from occurrences where state = 'open' and reminder_id = '${String(reminder.id)}'`,
    );
    return rows.length > 0 ? rows : null;
  });
  await until('the ring arrives', async () => (await seen(String(ring?.id))) === 1);
  expect((await installation.ask('POST', `/v1/reminders/${String(reminder.id)}/completion`, {})).status).toBe(200);
}

test('a process goes on while a newer version has migrated the database, and one that starts then works too', async () => {
  await works('Before');
  await installation.start('worker');
  await works('After');
});

test('what only the newer version knows is left to it: rings of its kinds, events of its types', async () => {
  const reminder = await make('/v1/reminders', { title: 'Newer', dueAt: '2030-01-01T10:00:00Z' });
  const id = String(reminder.id);
  await installation.rows(`update reminders set kind = 'newer_kind' where id = '${id}'`);
  await installation.rows(
    `update occurrences set kind = 'newer_kind', due_at = now(), rings_at = now(), wakes_at = now() where reminder_id = '${id}'`,
  );
  const [event] = await installation.rows<{ id: string }>(
    `with made as (insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
        values ('${accountId}', new_id(), 'newer.happened', 'newer', new_id(), now(), '{"id":"${accountId}"}') returning account_id, id),
      waits as (insert into outbox (account_id, event_id) select account_id, id from made)
      select id from made`,
  );
  await works('Meanwhile');
  const state = `select state from occurrences where reminder_id = '${id}'`;
  expect(await installation.rows(state)).toEqual([{ state: 'scheduled' }]);
  const waiting = `select count(*) from outbox where event_id = '${event?.id ?? ''}'`;
  await until('the event waits', async () => (await installation.number(waiting)) === 1);
  expect(await installation.number('select count(*) from failures')).toBe(0);
  await installation.rows(
    `update events set type = 'account.updated', subject_id = account_id where id = '${event?.id ?? ''}'`,
  );
  await until('whoever knows it sends it', async () => (await seen(accountId)) === 1);
});
