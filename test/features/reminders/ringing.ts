import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, idOfNew } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import type { TestProgram } from '../../harness/program.js';

type Body = Record<string, unknown>;

/** What scenarios of rings say and see, on one face and in an account of their own. */
export class Ringing {
  private constructor(
    readonly program: TestProgram,
    readonly face: Face,
  ) {}

  static async over(name: Face['name'], shared: TestProgram): Promise<Ringing> {
    const program = await shared.asAnother();
    return new Ringing(program, faceOf(name, program));
  }

  /** Nothing of the scenario before is left. */
  async clear(): Promise<void> {
    await this.program.clear();
    const body = {
      timeZone: 'UTC',
      dayStartsAt: '09:00',
      quietFrom: null,
      quietUntil: null,
      quietWeekdays: [],
      digest: 'off',
    };
    await this.program.ask('patch', '/v1/account', { body });
    this.program.clock.set('2026-03-02T10:00:00.000Z');
    await this.program.events();
  }

  events(): Promise<string[]> {
    return this.program.events();
  }

  /** Sets the clock and rings what is due; answers the events of it. */
  async at(instant: string): Promise<string[]> {
    this.program.clock.set(instant);
    await this.program.app.get(RingsService).ringDue();
    return this.program.events();
  }

  make(type: string, input: Body): Promise<string> {
    return idOfNew(this.face, type, input);
  }

  remind(input: Body): Promise<string> {
    return this.make('Reminder', { title: 'Write to Ada', ...input });
  }

  async change(type: string, id: string, input: Body): Promise<Body> {
    const { data, code, message } = await this.face.update(type, id, input);
    if (code !== null) throw new Error(`the change of a ${type} is refused: ${message}`);
    return data;
  }

  async settings(body: object): Promise<void> {
    const { status } = await this.program.ask('patch', '/v1/account', { body });
    if (status !== 200) throw new Error(`the settings are refused: ${status}`);
  }

  complete = (id: string): Promise<Body> => this.answer(id, 'completion', 'completeReminder', {});
  snooze = (id: string, input: Body): Promise<Body> => this.answer(id, 'snooze', 'snoozeReminder', input);
  dismiss = (id: string): Promise<Body> => this.answer(id, 'dismissal', 'dismissReminder');
  skip = (id: string): Promise<Body> => this.answer(id, 'skip', 'skipReminder');
  pause = (id: string): Promise<Body> => this.answer(id, 'pause', 'pauseReminder');
  resume = (id: string): Promise<Body> => this.answer(id, 'resumption', 'resumeReminder');

  async reminder(id: string): Promise<Body> {
    return (await this.face.one('Reminder', id)).data;
  }

  /** The rings of a reminder in order of their time: when each is due, and its state. */
  async rings(id: string): Promise<string[]> {
    const rows = await this.occurrences(id);
    return rows.map(({ dueAt, state }) => `${String(dueAt).slice(0, 16)} ${String(state)}`);
  }

  async occurrences(reminderId: string): Promise<readonly Body[]> {
    return (await this.face.page('Occurrence', { filter: { reminderId: { eq: reminderId } }, sort: 'dueAt,id' })).rows;
  }

  /** The reminders about a subject, the oldest first. */
  async about(subjectId: string): Promise<readonly Body[]> {
    const { rows } = await this.face.page('Reminder', { filter: { subjectId: { eq: subjectId } } });
    return [...rows].sort((a, b) => String(a.id).localeCompare(String(b.id)));
  }

  async keptFor(subjectId: string): Promise<string> {
    const [kept] = await this.about(subjectId);
    return String(kept?.id);
  }

  private async answer(id: string, noun: string, verb: string, input?: Body): Promise<Body> {
    const { data, code, message } = await this.face.act({
      type: 'Reminder',
      id,
      noun,
      verb,
      ...(input ? { input } : {}),
    });
    if (code !== null) throw new Error(`${verb} is refused: ${message}`);
    return data;
  }
}
