import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

describe.each(faces)('time zones over %s', (name) => {
  const face = () => faceOf(name, program);
  const settle = (timeZone: string) => program.ask('patch', '/v1/account', { body: { timeZone } });

  it.each(['US/Pacific', 'Asia/Calcutta', 'Asia/Kolkata', 'Europe/Kyiv', 'Etc/GMT-14', 'UTC', 'GMT', 'EST5EDT'])(
    '%s works everywhere, by the name that was given',
    async (timeZone) => {
      const { rows } = await program.pool.query('select 1 from pg_timezone_names where name = $1', [timeZone]);
      const { status, body } = await settle(timeZone);
      expect(status).toBe(rows.length === 1 ? 200 : 422);
      if (status === 422) return;
      expect(body.timeZone).toBe(timeZone);
      expect((await face().page('Reminder', { filter: { dueAt: { eq: 'today' } } })).code).toBeNull();
      const made = await face().create('Reminder', { title: 'Ask', dueOn: '2027-03-01', timeZone, every: 'P1D' });
      expect(made.data.timeZone).toBe(timeZone);
    },
  );

  it.each([
    'US/Pacific-New',
    'SystemV/PST8PDT',
    'posix/Europe/Berlin',
    'Factory',
    'localtime',
    'europe/berlin',
    '+02:00',
  ])('%s is refused, because only one side knows it', async (timeZone) => {
    const { code, errors } = await face().create('Contact', { name: 'Ada', timeZone });
    expect([code, errors[0]?.pointer]).toEqual(['invalid_input', '/timeZone']);
    expect((await settle(timeZone)).status).toBe(422);
  });
});

describe.each(faces)('addresses over %s', (name) => {
  it('are found in any case, and kept as they were written', async () => {
    const face = faceOf(name, program);
    const emails = [`Ada.${name}@Example.ORG`];
    const { data } = await face.create('Contact', { name: 'Ada', emails });
    for (const filter of [
      { emails: { has: `ada.${name}@example.org` } },
      { emails: { has: `ADA.${name}@EXAMPLE.ORG` } },
      { emails: { hasAny: ['x@example.org', `ada.${name}@Example.org`] } },
      { emails: { hasAll: [`aDa.${name}@example.org`] } },
    ]) {
      const { rows } = await face.page('Contact', { filter });
      expect(rows.map(({ id, emails: found }) => [id, found])).toEqual([[data.id, emails]]);
    }
    expect((await face.page('Contact', { filter: { emails: { has: 'ada@example.org' } } })).rows).toEqual([]);
  });
});
