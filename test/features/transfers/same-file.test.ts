import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { Doctor } from '../../../src/platform/doctor/doctor.js';
import { TestProgram } from '../../harness/program.js';
import { fileOf, sendFile } from './accounts.js';

let home: TestProgram;
let away: TestProgram;
beforeAll(async () => {
  home = await TestProgram.start();
  away = await TestProgram.start({ clock: home.clock });
});
afterAll(async () => {
  await home?.stop();
  await away?.stop();
});

it('two accounts that took over the same file have rows with the same ids, and each rings with its own', async () => {
  await home.ask('post', '/v1/contacts', { body: { name: 'Ada Lovelace', tier: 'inner', metOn: '2026-02-15' } });
  const daily = { title: 'Stretch', startsAt: '2026-03-02T11:00:00.000Z', rrule: 'FREQ=DAILY' };
  const { body: reminder } = await home.ask('post', '/v1/reminders', { body: daily });
  const file = await fileOf(home);
  const keys = [await away.anotherAccount(), await away.anotherAccount()] as const;
  for (const key of keys) expect((await sendFile(away, key, file)).it).toMatchObject({ state: 'applied' });
  const [contact] = (await away.ask('get', '/v1/contacts', { key: keys[1] })).body.data;
  await away.ask('patch', `/v1/contacts/${contact.id}`, { key: keys[1], body: { name: 'Ada King' } });
  // The first of the two days is answered in one account alone.
  home.clock.set('2026-03-02T11:00:00.000Z');
  await away.app.get(RingsService).ringDue();
  await away.ask('post', `/v1/reminders/${reminder.id}/completion`, { key: keys[0], body: {} });
  home.clock.set('2026-03-20T11:00:00.000Z');
  for (let round = 0; round < 3; round += 1) await away.app.get(RingsService).ringDue();
  const told = async (key: string) => {
    const { body } = await away.ask('get', '/v1/occurrences?first=100&sort=id', { key });
    return body.data.filter(({ kind }: { kind: string }) => kind === 'keep_in_touch');
  };
  const names = async (key: string) =>
    (await told(key)).flatMap(({ snapshot }: { snapshot: { name: string } | null }) => snapshot?.name ?? []);
  expect([await names(keys[0]), await names(keys[1])]).toEqual([['Ada Lovelace'], ['Ada King']]);
  const wrong = [];
  for await (const { check, wrong: what } of away.app.get(Doctor).findings(true)) wrong.push(`${check}: ${what}`);
  expect(wrong.filter((one) => !one.startsWith('outbox'))).toEqual([]);
});
