import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

it.each(faces)('a rule without a time says why, over %s', async (name) => {
  const never = { title: 'Never', dueAt: '2026-03-02T10:00:00Z', rrule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' };
  const { errors } = await faceOf(name, program).create('Reminder', never);
  expect(errors).toEqual([expect.objectContaining({ pointer: '/rrule', detail: expect.stringContaining('BY parts') })]);
});

it.each(faces)('a rule that ended before its start says between which days it never occurs, over %s', async (name) => {
  const ended = { title: 'Ended', dueAt: '2026-03-02T10:00:00Z', rrule: 'FREQ=DAILY;UNTIL=20260301T000000Z' };
  const { errors } = await faceOf(name, program).create('Reminder', ended);
  const detail = expect.stringMatching(
    /never occurs between 2026-03-02.* and 2100: change the start, INTERVAL or UNTIL/,
  );
  expect(errors).toEqual([expect.objectContaining({ pointer: '/rrule', code: 'neverOccurs', detail })]);
});
