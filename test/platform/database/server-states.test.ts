import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

/** What PostgreSQL says when it cannot do what it is asked, and a word of what the caller is told. */
const STATES = [
  ['25006', /takes no changes/],
  ['53100', /disk of the database is full.* nothing was saved/],
  ['53200', /no memory/],
  ['53400', /limit of its configuration/],
  ['58030', /cannot read or write one of its files/],
] as const;

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
  await program.pool.query(`create function trouble() returns trigger language plpgsql as $$
    begin raise exception 'in trouble' using errcode = tg_argv[0]; end $$`);
});
afterAll(() => program.stop());

async function during<T>(table: string, state: string, act: () => Promise<T>): Promise<T> {
  await program.pool.query(
    `create trigger trouble before insert or update on ${table} for each row execute function trouble('${state}')`,
  );
  try {
    return await act();
  } finally {
    await program.pool.query(`drop trigger trouble on ${table}`);
  }
}

describe.each(faces)('a database in trouble, over %s', (name) => {
  it.each(STATES)('with %s refuses with 503, writes nothing, and goes on when it is over', async (state, said) => {
    const face = faceOf(name, program);
    const before = (await face.page('Contact')).rows.length;
    const refused = await during('contacts', state, () => face.create('Contact', { name: 'Ada' }));
    expect(refused).toMatchObject({ code: 'unavailable', message: expect.stringMatching(said) });
    expect((await face.page('Contact')).rows.length).toBe(before);
    expect((await face.create('Contact', { name: 'Ada' })).code).toBeNull();
  });
});

test('the answer says when to try again', async () => {
  const ask = () => program.ask('post', '/v1/contacts', { body: { name: 'Ada' } });
  const { status, headers } = await during('contacts', '53100', ask);
  expect({ status, again: (headers as Record<string, string>)['retry-after'] }).toEqual({ status: 503, again: '10' });
});

test('a ring that could not be saved rings when the disk has space again, once', async () => {
  const face = faceOf('rest', program);
  const rings = program.app.get(RingsService);
  await face.create('Reminder', { title: 'Write to Ada', dueAt: program.clock.now().toISOString() });
  await program.events();
  await during('occurrences', '53100', () => rings.ringDue().catch(() => undefined));
  expect(await program.events()).toEqual([]);
  expect((await program.pool.query('select from failures')).rowCount).toBe(0);
  program.clock.set(new Date(program.clock.now().getTime() + 3_600_000).toISOString());
  await rings.ringDue();
  expect(await program.events()).toEqual(['reminder.due']);
});
