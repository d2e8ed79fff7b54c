import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('interviews over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const practice = async () =>
    (await face.create('Interview', { company: 'Acme', role: 'Engineer', intent: 'practice' })).data;

  it('practice stops before the final round, unless that is confirmed', async () => {
    const { id, exitBefore } = await practice();
    expect(exitBefore).toBe('final');
    expect((await face.update('Interview', String(id), { stage: 'interviewing' })).data).toMatchObject({
      stage: 'interviewing',
    });
    const stopped = await face.update('Interview', String(id), { stage: 'final' });
    expect(stopped).toMatchObject({ code: 'practice_exit_point', errors: [{ pointer: '/stage' }] });
    expect((await face.update('Interview', String(id), { stage: 'final', confirm: true })).data).toMatchObject({
      stage: 'final',
    });
    expect(await program.events()).toEqual(['interview.started', 'interview.stage_changed', 'interview.stage_changed']);
    expect((await face.update('Interview', String(id), { company: 'Acme Ltd' })).code).toBeNull();
    expect(await program.events()).toEqual(['interview.updated']);
  });

  it('a process in earnest has no exit', async () => {
    const { data } = await face.create('Interview', { company: 'Acme', role: 'Engineer', intent: 'serious' });
    expect(data).toMatchObject({ exitBefore: 'none', stage: 'screening', outcome: null });
    expect((await face.update('Interview', String(data.id), { stage: 'offer' })).code).toBeNull();
  });

  it('a round rings a day before, moves with it, and falls silent when it is over', async () => {
    const { id } = await practice();
    const round = await face.create('Round', {
      interviewId: id,
      kind: 'coding',
      startsAt: '2026-03-30T12:00:00+02:00',
      timeZone: 'Europe/Berlin',
    });
    expect(round.data).toMatchObject({
      status: 'scheduled',
      durationMinutes: 60,
      startsAt: '2026-03-30T10:00:00.000Z',
    });
    expect((await face.page('Reminder')).rows).toMatchObject([
      { kind: 'round_upcoming', dueAt: '2026-03-29T10:00:00.000Z' },
    ]);
    await face.update('Round', String(round.data.id), { startsAt: '2026-03-31T10:00:00Z' });
    program.clock.set('2026-03-30T10:00:00.000Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(1);
    expect((await face.page('Occurrence')).rows).toMatchObject([
      { title: 'Interview with Acme: prepare', snapshot: { kind: 'coding' } },
    ]);
    await face.update('Round', String(round.data.id), { status: 'done', debrief: 'Went well.' });
    expect((await face.page('Reminder')).rows).toEqual([]);
    expect(await program.events()).toEqual([
      'interview.started',
      ...['round.scheduled', 'reminder.created'],
      ...['round.rescheduled', 'reminder.updated'],
      'reminder.due',
      ...['round.completed', 'reminder.deleted'],
    ]);
  });

  it.each([
    ['done', 'round.completed'],
    ['cancelled', 'round.cancelled'],
    ['no_show', 'round.no_show'],
  ])('a round that is %s says so, and its bell goes', async (status, event) => {
    const { id: interviewId } = await practice();
    const round = await face.create('Round', { interviewId, kind: 'coding', startsAt: '2026-03-30T10:00:00Z' });
    await program.events();
    expect((await face.update('Round', String(round.data.id), { status })).data).toMatchObject({ status });
    expect(await program.events()).toEqual([event, 'reminder.deleted']);
    await face.update('Round', String(round.data.id), { debrief: 'Written down later.' });
    expect(await program.events()).toEqual(['round.updated']);
  });

  it('keeps the open bell of a round that has begun when the company is renamed', async () => {
    const { id: interviewId } = await practice();
    await face.create('Round', { interviewId, kind: 'coding', startsAt: '2026-03-30T10:00:00Z' });
    program.clock.set('2026-03-29T10:00:00.000Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(1);
    program.clock.set('2026-03-30T10:00:00.000Z');
    await program.events();
    await face.update('Interview', String(interviewId), { company: 'Acme Ltd' });
    expect((await face.page('Occurrence')).rows).toMatchObject([{ state: 'open' }]);
    expect(await program.events()).toEqual(['interview.updated']);
  });

  it('is deleted with its rounds and their reminders', async () => {
    const { id } = await practice();
    await face.create('Round', { interviewId: id, kind: 'coding', startsAt: '2026-03-30T10:00:00Z' });
    expect((await face.remove('Interview', String(id))).code).toBeNull();
    expect((await face.page('Round')).rows).toEqual([]);
    expect(await program.events()).toEqual([
      ...['interview.started', 'round.scheduled', 'reminder.created'],
      ...['reminder.deleted', 'round.deleted', 'interview.deleted'],
    ]);
  });

  it('refuses what is not there or not said, naming it', async () => {
    const nobody = '01890000-0000-7000-8000-000000000000';
    const round = { interviewId: nobody, kind: 'coding', startsAt: '2026-03-30T10:00:00Z' };
    expect(await face.create('Round', round)).toMatchObject({
      code: 'unknown_reference',
      errors: [{ pointer: '/interviewId' }],
    });
    expect(
      (await face.create('Interview', { company: 'Acme', role: 'x', intent: 'practice', stage: 'offer' })).code,
    ).toBe('practice_exit_point');
    expect(
      (await face.create('Interview', { company: '', role: 'x'.repeat(201), intent: 'serious' })).errors,
    ).toHaveLength(2);
    expect(await program.events()).toEqual([]);
  });

  it('another account cannot hang a round on it', async () => {
    const { id } = await practice();
    const stranger = face.as(await program.anotherAccount());
    const round = { interviewId: id, kind: 'coding', startsAt: '2026-03-30T10:00:00Z' };
    expect((await stranger.create('Round', round)).code).toBe('unknown_reference');
  });
});
