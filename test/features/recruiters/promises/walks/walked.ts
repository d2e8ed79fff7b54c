import { CHECK_BACK } from '../../../../../src/features/recruiters/recruiter.kinds.js';
import { brokenPromises } from '../../../../harness/broken-promises.js';
import type { Answer } from '../../../../harness/face.js';
import type { Expecting } from '../expecting.js';
import type { Page } from './page.js';

const EMAILS = ['rita@agency.example', 'quin@agency.example', 'gus@gmail.com', 'hal@gmail.com'];

interface Row {
  readonly id: string;
  readonly recruiter_id: string;
  readonly made_on: string;
  readonly due_on: string;
  readonly state: string;
  readonly returned_on: string | null;
}

/** The same walk in the program, over one face, and what must be seen there after each step. */
export class Walked {
  private readonly contacts: string[] = [];

  private constructor(
    private readonly on: Expecting,
    private readonly recruiters: readonly string[],
  ) {}

  static async begin(on: Expecting, start: string): Promise<Walked> {
    await on.begin(start);
    await on.program.empty('events', 'outbox');
    const ids: string[] = [];
    for (const email of EMAILS) ids.push(await on.recruiter(email, email));
    const walked = new Walked(on, ids);
    for (const id of ids) walked.contacts.push(String((await on.face.one('Recruiter', id)).data.contactId));
    return walked;
  }

  setClock(instant: string): void {
    this.on.program.clock.set(instant);
  }

  async work(): Promise<void> {
    await this.on.work();
  }

  async park(who: number, period: string): Promise<void> {
    done(await this.on.park(this.id(who), { for: period }));
  }

  async comeBack(who: number, day: string, isExpected: boolean): Promise<void> {
    const { code } = await this.on.comeBack(this.id(who), { on: day });
    expect(code).toBe(isExpected ? null : 'invalid_input');
  }

  async reverse(index: number, canBe: boolean): Promise<void> {
    const rows = await this.rows();
    const { code } = await this.on.reverse(rows[index]?.id ?? '');
    expect(code).toBe(canBe ? null : 'conflict');
  }

  async edit(who: number, status: string): Promise<void> {
    done(await this.on.face.update('Recruiter', this.id(who), { status }));
  }

  async trash(who: number, there: boolean): Promise<void> {
    const id = this.contacts[who] ?? '';
    const restore = { type: 'Contact', id, noun: 'restoration', verb: 'restoreContact' };
    done(await (there ? this.on.face.act(restore) : this.on.face.remove('Contact', id)));
  }

  async move(timeZone: string): Promise<void> {
    expect((await this.on.program.ask('patch', '/v1/account', { body: { timeZone } })).status).toBe(200);
  }

  async compare(page: Page): Promise<void> {
    const rows = await this.rows();
    expect(rows.map((row) => this.shown(row))).toEqual(
      page.checkBacks.map(({ who, made, due, state, returnedOn }) =>
        [who, made.toString(), due.toString(), state, returnedOn].join(' '),
      ),
    );
    expect((await this.told(rows)).sort()).toEqual([...page.events].sort());
    expect(await this.reminded()).toEqual(page.reminded);
    expect(await this.counted()).toEqual(page.people.map((_, who) => counted(page, who)));
    expect(await brokenPromises(this.on.program.app, false)).toEqual([]);
  }

  private async rows(): Promise<Row[]> {
    const { rows } = await this.on.program.pool.query<Row>('select * from check_backs order by id');
    return rows;
  }

  private shown({ recruiter_id, made_on, due_on, state, returned_on }: Row): string {
    return [this.recruiters.indexOf(recruiter_id), made_on, due_on, state, returned_on].join(' ');
  }

  private async told(rows: readonly Row[]): Promise<string[]> {
    const { rows: events } = await this.on.program.pool.query<{ what: string; id: string }>(
      `select substr(type, length('recruiter.check_back_') + 1) as what, data ->> 'id' as id from events where type like 'recruiter.check_back_%'`,
    );
    return events.map(({ what, id }) => `${what} ${rows.findIndex((row) => row.id === id)}`);
  }

  /** Whose own reminder is active. */
  private async reminded(): Promise<number[]> {
    const { rows } = await this.on.program.pool.query<{ id: string }>(
      `select subject_id as id from reminders where kind = $1 and state = 'active'`,
      [CHECK_BACK.name],
    );
    return rows.map(({ id }) => this.recruiters.indexOf(id)).sort();
  }

  private async counted(): Promise<unknown[]> {
    const path = '/v1/recruiters?fields=id,status,reliability,checkBackCounts&first=10';
    const { data } = (await this.on.program.ask('get', path)).body as { data: { id: string }[] };
    return this.recruiters.map((id) => {
      const { id: _, ...rest } = data.find((one) => one.id === id) ?? { id };
      return rest;
    });
  }

  private id(who: number): string {
    return this.recruiters[who] ?? '';
  }
}

function counted(page: Page, who: number): unknown {
  const of = (state: string): number => page.checkBacks.filter((one) => one.who === who && one.state === state).length;
  const [kept, missed] = [of('kept'), of('missed')];
  return {
    status: page.person(who).status,
    reliability: Math.round(((kept + 1) / (kept + missed + 2)) * 1_000) / 1_000,
    checkBackCounts: { kept, missed, early: of('early'), open: of('open'), waived: of('waived') },
  };
}

function done({ code, message }: Answer): void {
  if (code !== null) throw new Error(`${code}: ${message}`);
}
