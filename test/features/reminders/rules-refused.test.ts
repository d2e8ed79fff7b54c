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
