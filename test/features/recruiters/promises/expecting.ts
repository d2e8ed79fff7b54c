import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import type { TestProgram } from '../../../harness/program.js';

type Body = Record<string, unknown>;

/** What scenarios of parked recruiters say and see, on one face and in an account of their own. */
export class Expecting {
  private constructor(
    readonly program: TestProgram,
    readonly face: Face,
  ) {}

  static async over(name: Face['name'], shared: TestProgram): Promise<Expecting> {
    const program = await shared.asAnother();
    return new Expecting(program, faceOf(name, program));
  }

  /** Nothing of the scenario before is left. */
  async begin(instant = '2026-06-30T10:00:00.000Z'): Promise<void> {
    await this.program.clear();
    const body = { timeZone: 'UTC', dayStartsAt: '09:00', checkBackPeriod: 'P8M', openFrom: null };
    await this.program.ask('patch', '/v1/account', { body });
    this.program.clock.set(instant);
    await this.program.events();
  }

  /** Sets the clock and lets the worker do what is due; answers the events of it. */
  async at(instant: string): Promise<string[]> {
    this.program.clock.set(instant);
    return this.work();
  }

  async work(): Promise<string[]> {
    while ((await this.program.app.get(RingsService).ringDue()) > 0);
    return this.program.events();
  }

  recruiter(name: string, ...emails: string[]): Promise<string> {
    return idOfNew(this.face, 'Recruiter', { contact: { name, emails } });
  }

  park = (id: string, input?: Body) => this.act('Recruiter', id, 'parking', 'parkRecruiter', input);
  comeBack = (id: string, input: Body = {}) => this.act('Recruiter', id, 'return', 'logReturn', input);
  reverse = (id: string) => this.act('CheckBack', id, 'reversal', 'reverseReturn');

  /** A recruiter who is parked, with the id of the check-back. No event of it is left. */
  async parked(name = 'Rita', input?: Body, ...emails: string[]): Promise<{ id: string; checkBack: string }> {
    const id = await this.recruiter(name, ...emails);
    await this.park(id, input);
    const [checkBack] = await this.checkBacks(id);
    await this.program.events();
    return { id, checkBack: String(checkBack?.id) };
  }

  /** The check-backs of a recruiter, in the order in which they were made. */
  async checkBacks(recruiterId: string): Promise<readonly Body[]> {
    const { rows } = await this.face.page('CheckBack', { filter: { recruiterId: { eq: recruiterId } }, sort: 'id' });
    return rows;
  }

  async states(recruiterId: string): Promise<unknown[]> {
    return (await this.checkBacks(recruiterId)).map(({ state }) => state);
  }

  async status(id: string): Promise<unknown[]> {
    const { status, parkedUntil } = (await this.face.one('Recruiter', id)).data;
    return [status, parkedUntil];
  }

  /** The reminders that are active, with their days. */
  async reminders(): Promise<string[]> {
    const { rows } = await this.face.page('Reminder', { filter: { state: { eq: 'active' } }, sort: 'dueAt' });
    return rows.map(({ kind, dueAt }) => `${String(kind)} ${String(dueAt).slice(0, 10)}`);
  }

  private act(type: string, id: string, noun: string, verb: string, input?: Body) {
    return this.face.act({ type, id, noun, verb, ...(input ? { input } : {}) });
  }
}
