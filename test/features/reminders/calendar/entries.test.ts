import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { TestProgram } from '../../../harness/program.js';
import { eventsIn, fetchFeed, makeFeed } from './feeds.js';

/** What a calendar shows, and how it tells of a change. */
describe('a calendar', () => {
  let program: TestProgram;
  let path: string;

  beforeEach(async () => {
    program = await TestProgram.start();
    ({ path } = await makeFeed(program));
  });
  afterEach(() => program.stop());

  const make = async (plural: string, body: object): Promise<{ id: string }> => {
    const { body: made, status } = await program.ask('post', `/v1/${plural}`, { body });
    if (status !== 201) throw new Error(JSON.stringify(made));
    return made;
  };
  const remind = (body: object): Promise<{ id: string }> => make('reminders', { title: 'Call', ...body });
  const read = async (at = path): Promise<Record<string, string>[]> => eventsIn((await fetchFeed(program, at)).text);
  const starts = async (): Promise<(string | undefined)[]> => (await read()).map(({ DTSTART }) => DTSTART);
  const act = (id: string, noun: string, body: object = {}) =>
    program.ask('post', `/v1/reminders/${id}/${noun}`, { body });

  it('counts repeats out on the clock on the wall, over the change of summer time', async () => {
    const rule = { dueAt: '2026-03-27T06:30:00Z', timeZone: 'Europe/Berlin', rrule: 'FREQ=DAILY;COUNT=4' };
    await remind(rule);
    expect(await starts()).toEqual(['20260327T063000Z', '20260328T063000Z', '20260329T053000Z', '20260330T053000Z']);
  });

  it('keeps the identity of a ring, and counts its changes', async () => {
    const { id } = await remind({ dueAt: '2026-03-10T12:00:00Z', rrule: 'FREQ=WEEKLY;COUNT=3' });
    const before = await read();
    await program.ask('patch', `/v1/reminders/${id}`, { body: { title: 'Write', note: 'To Ada', priority: 'high' } });
    const after = await read();
    expect(after.map(({ UID }) => UID)).toEqual(before.map(({ UID }) => UID));
    expect(before.map(({ SEQUENCE, PRIORITY }) => [SEQUENCE, PRIORITY])).toEqual(Array(3).fill(['0', '5']));
    expect(after.map(({ SEQUENCE, PRIORITY }) => [SEQUENCE, PRIORITY])).toEqual([
      ['2', '1'],
      ['1', '1'],
      ['1', '1'],
    ]);
    expect(after.map(({ SUMMARY, DESCRIPTION }) => [SUMMARY, DESCRIPTION])).toEqual(Array(3).fill(['Write', 'To Ada']));
    program.clock.set('2026-03-10T12:00:10Z');
    await program.app.get(RingsService).ringDue();
    const rung = await read();
    expect(rung.map(({ UID }) => UID)).toEqual(before.map(({ UID }) => UID));
    expect(rung.map(({ SEQUENCE }) => Number(SEQUENCE))).toEqual([3, 1, 1]);
    expect(rung[0]?.DTSTAMP).toBe('20260310T120010Z');
  });

  it('shows what is open and what is ahead, and nothing that was answered', async () => {
    const done = await remind({ title: 'Done', dueAt: '2026-03-03T12:00:00Z' });
    const later = await remind({ title: 'Later', dueAt: '2026-03-03T13:00:00Z' });
    const repeating = await remind({ title: 'Again', dueAt: '2026-03-03T14:00:00Z', rrule: 'FREQ=WEEKLY;COUNT=2' });
    await remind({ title: 'Open', dueAt: '2026-03-03T15:00:00Z' });
    program.clock.set('2026-03-04T12:00:00Z');
    await program.app.get(RingsService).ringDue();
    expect((await read()).map(({ SUMMARY }) => SUMMARY)).toEqual(['Done', 'Later', 'Again', 'Open', 'Again']);
    await act(done.id, 'completion');
    await act(later.id, 'snooze', { until: '2026-03-20T07:00:00Z' });
    await act(repeating.id, 'dismissal');
    expect((await read()).map(({ SUMMARY, DTSTART }) => [SUMMARY, DTSTART])).toEqual([
      ['Open', '20260303T150000Z'],
      ['Again', '20260310T140000Z'],
      ['Later', '20260320T070000Z'],
    ]);
  });

  it('reaches from thirty days back to a year ahead', async () => {
    await remind({ title: 'Long ago', dueAt: '2026-01-30T12:00:00Z' });
    await remind({ title: 'Not long ago', dueAt: '2026-01-31T12:00:00Z' });
    await remind({ title: 'Within the year', dueAt: '2027-03-02T12:00:00Z' });
    await remind({ title: 'After it', dueAt: '2027-03-03T12:00:00Z' });
    await program.app.get(RingsService).ringDue();
    expect((await read()).map(({ SUMMARY }) => SUMMARY)).toEqual(['Not long ago', 'Within the year']);
  });

  it('holds the first two thousand of more', async () => {
    for (let n = 0; n < 12; n += 1)
      await remind({ title: `Daily ${n}`, dueAt: `2026-03-${10 + n}T12:00:00Z`, rrule: 'FREQ=DAILY' });
    const shown = await starts();
    expect(shown).toHaveLength(2_000);
    expect([...shown].sort()).toEqual(shown);
    const days = (2_000 + 66) / 12;
    const last = new Date(Date.UTC(2026, 2, 10 + Math.ceil(days) - 1, 12));
    expect(shown.at(-1)).toBe(last.toISOString().replace(/[-:]|\.\d+/g, ''));
  });

  it('shows a day as a day, with the alarm when the day starts', async () => {
    await remind({ title: 'A day', dueOn: '2026-03-29', timeZone: 'America/New_York' });
    await remind({ title: 'A time', dueAt: '2026-03-29T12:15:00Z' });
    const { text } = await fetchFeed(program, path);
    expect(text).toContain('DTSTART;VALUE=DATE:20260329\r\nDTEND;VALUE=DATE:20260330\r\n');
    expect(text).toContain('DTSTART:20260329T121500Z\r\nDTEND:20260329T123000Z\r\n');
    expect(text.match(/TRIGGER.*/g)).toEqual(['TRIGGER;RELATED=START:PT0S', 'TRIGGER;RELATED=START:PT9H']);
  });

  it('looks through a lens', async () => {
    const contact = await make('contacts', { name: 'Ada', keepInTouchEvery: 'P1M' });
    const parked = await make('contacts', { name: 'Bob' });
    const recruiter = await make('recruiters', { contactId: parked.id });
    const answer = await program.ask('post', `/v1/recruiters/${recruiter.id}/parking`, { body: { for: 'P8M' } });
    expect([contact.id.length, answer.status]).toEqual([36, 200]);
    const interview = await make('interviews', { company: 'Acme', role: 'Engineer', intent: 'serious' });
    const startsAt = '2026-03-30T08:00:00Z';
    await make('rounds', { interviewId: interview.id, kind: 'screening', startsAt, timeZone: 'UTC' });
    await remind({ title: 'Mine', dueAt: '2026-03-10T12:00:00Z' });
    const seen = async (lens: string): Promise<(string | undefined)[]> => {
      const feed = await makeFeed(program, { name: lens, lens });
      return (await read(feed.path)).map(({ CATEGORIES }) => CATEGORIES);
    };
    expect(await seen('touches')).toEqual(['Keep in touch']);
    expect(await seen('check_backs')).toEqual(['Check back']);
    expect(await seen('interviews')).toEqual(['Round upcoming']);
    expect(await seen('all')).toEqual(['Manual', 'Round upcoming', 'Keep in touch', 'Check back']);
    const { text } = await fetchFeed(program, (await makeFeed(program, { name: 'R', lens: 'interviews' })).path);
    expect(text.match(/(DTSTART|TRIGGER).*/g)).toEqual([
      'DTSTART:20260329T080000Z',
      'TRIGGER;RELATED=START:PT0S',
      'TRIGGER;RELATED=START:PT23H',
    ]);
  });
});
