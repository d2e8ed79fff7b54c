import { SchedulerRegistry } from '@nestjs/schedule';
import { RINGS } from '../../../src/features/reminders/keeping/ring-schedule.js';
import { Wakeups } from '../../../src/platform/database/wakeups.js';
import { TestProgram } from '../../harness/program.js';

const MET = { tier: 'inner', metOn: '2025-01-01' };

/** The scheduler does not poll here: only what wakes it makes it ring. */
describe('a ring without a poll', () => {
  let program: TestProgram;
  let arrived = 0;

  beforeAll(async () => {
    program = await TestProgram.start({ env: { ROLES: 'api,worker' } });
    const intervals = program.app.get(SchedulerRegistry);
    program.app.get(Wakeups).on(RINGS, () => (arrived += 1));
    for (const name of intervals.getIntervals()) intervals.deleteInterval(name);
  });
  afterAll(() => program.stop());
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.ask('patch', '/v1/account', { body: { quietFrom: null, quietUntil: null } });
    arrived = 0;
  });

  const make = async (path: string, body: object): Promise<string> => {
    const { status, body: made } = await program.ask('post', path, { body });
    expect(status).toBe(201);
    return made.id;
  };
  const contact = (more: object = {}): Promise<string> => make('/v1/contacts', { name: 'Ada', ...more });
  const remind = (more: object): Promise<string> => make('/v1/reminders', { title: 'Write', ...more });
  const change = async (path: string, body: object): Promise<void> => {
    expect((await program.ask('patch', path, { body })).status).toBe(200);
  };
  const act = async (path: string, body: object = {}): Promise<void> => {
    expect((await program.ask('post', path, { body })).status).toBeLessThan(300);
  };
  /** It rang, and the kind of what rang. */
  const rung = async (kind: string): Promise<void> => {
    for (let tries = 0; tries < 100; tries += 1) {
      const { rows } = await program.pool.query(`select kind from occurrences where state = 'open'`);
      if (rows.length > 0) return expect(rows).toEqual([{ kind }]);
      await new Promise((turn) => setTimeout(turn, 20));
    }
    throw new Error(`No ${kind} rang.`);
  };
  it('comes for a reminder that is made due', async () => {
    await remind({ dueAt: '2026-03-02T10:00:00Z' });
    await rung('manual');
  });

  it('comes for a reminder that is moved to now', async () => {
    const id = await remind({ dueAt: '2026-04-02T10:00:00Z' });
    await change(`/v1/reminders/${id}`, { dueAt: '2026-03-02T10:00:00Z' });
    await rung('manual');
  });

  it('comes for a reminder that is late when it is resumed', async () => {
    const id = await remind({ dueAt: '2026-04-02T10:00:00Z' });
    await act(`/v1/reminders/${id}/pause`);
    program.clock.set('2026-04-03T10:00:00.000Z');
    await act(`/v1/reminders/${id}/resumption`);
    await rung('manual');
  });

  it('is awaited for one that is put off', async () => {
    const id = await remind({ dueAt: '2026-03-02T10:00:00Z' });
    await rung('manual');
    arrived = 0;
    await act(`/v1/reminders/${id}/snooze`, { for: 'PT1H' });
    expect(arrived).toBe(1);
  });

  it('comes at once when quiet hours that held it back are over', async () => {
    await change('/v1/account', { quietFrom: '09:30', quietUntil: '12:00' });
    await remind({ dueAt: '2026-03-02T10:00:00Z' });
    await change('/v1/account', { quietFrom: null, quietUntil: null });
    await rung('manual');
  });

  it('comes for a contact who is overdue when written down', async () => {
    await contact(MET);
    await rung('keep_in_touch');
  });

  it('comes for a contact who is given a rhythm', async () => {
    const id = await contact({ metOn: '2025-01-01' });
    await change(`/v1/contacts/${id}`, { tier: 'inner' });
    await rung('keep_in_touch');
  });

  it('comes for a contact who is restored', async () => {
    const id = await contact({ ...MET, archived: true });
    await program.ask('delete', `/v1/contacts/${id}`);
    await program.pool.query('update contacts set archived = false');
    await act(`/v1/contacts/${id}/restoration`);
    await rung('keep_in_touch');
  });

  it('comes for a contact whose only touch was a mistake', async () => {
    const id = await contact({ metOn: '2025-01-01' });
    const touch = await make('/v1/interactions', { contactIds: [id], channel: 'call', direction: 'mutual' });
    await change(`/v1/contacts/${id}`, { tier: 'inner' });
    expect((await program.ask('delete', `/v1/interactions/${touch}`)).status).toBeLessThan(300);
    await rung('keep_in_touch');
  });

  it('is awaited for a recruiter who is parked, or whose promise is moved', async () => {
    const id = await make('/v1/recruiters', { contact: { name: 'Rita' } });
    expect(arrived).toBe(0);
    await act(`/v1/recruiters/${id}/parking`, { for: 'P1D' });
    expect(arrived).toBe(1);
    await act(`/v1/recruiters/${id}/parking`, { for: 'P2D' });
    expect(arrived).toBe(2);
  });

  it('comes for a round within the day, and for one that is moved there', async () => {
    const interviewId = await make('/v1/interviews', { company: 'Engines', role: 'Engineer', intent: 'serious' });
    await make('/v1/rounds', { interviewId, kind: 'coding', startsAt: '2026-03-03T09:00:00Z' });
    await rung('round_upcoming');
    await program.empty('rounds', 'reminders', 'occurrences');
    const id = await make('/v1/rounds', { interviewId, kind: 'coding', startsAt: '2026-05-03T09:00:00Z' });
    await change(`/v1/rounds/${id}`, { startsAt: '2026-03-03T09:00:00Z' });
    await rung('round_upcoming');
  });
});
