import { InstallationService } from '../../../../src/features/accounts/installation.service.js';
import { faceOf } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import type { TestProgram } from '../../../harness/program.js';
import { makeFeed } from '../calendar/feeds.js';
import type { Said } from './steps.js';

type Body = Record<string, unknown>;

const HOUR = 3_600_000;
const ZONES = [null, 'America/New_York', 'America/Santiago', 'Asia/Kolkata'] as const;
const FORMS: readonly Body[] = [
  {},
  { overdueAfter: 'P1D' },
  { leads: ['PT2H', 'P1D'] },
  { every: 'P1D' },
  { every: 'P1D', leads: ['PT30M'], overdueAfter: 'PT6H' },
  { every: 'P1W', overdueAfter: 'P2D' },
  { every: 'P1M' },
  { every: 'P2D', anchor: 'completion', overdueAfter: 'P1D' },
  { rrule: 'FREQ=DAILY;COUNT=3' },
  { rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,SU', leads: ['P1D'] },
  { rrule: 'FREQ=DAILY;INTERVAL=2', anchor: 'completion' },
  { rrule: 'FREQ=MONTHLY;BYDAY=1MO' },
];
const NO_RULE = { every: null, rrule: null, anchor: 'schedule' };
const SETTINGS: readonly Body[] = [
  { timeZone: 'Europe/Berlin' },
  { timeZone: 'America/New_York' },
  { timeZone: 'America/Santiago' },
  { timeZone: 'UTC' },
  { dayStartsAt: '00:00' },
  { dayStartsAt: '07:15' },
  { quietFrom: '22:00', quietUntil: '07:30' },
  { quietFrom: '12:00', quietUntil: '14:00' },
  { quietFrom: null, quietUntil: null },
  { quietWeekdays: [6, 7] },
  { quietWeekdays: [] },
  { digest: 'daily' },
];
const ANSWERS = {
  complete: ['completion', 'completeReminder'],
  snooze: ['snooze', 'snoozeReminder'],
  until: ['snooze', 'snoozeReminder'],
  tomorrow: ['snooze', 'snoozeReminder'],
  nextWeek: ['snooze', 'snoozeReminder'],
  dismiss: ['dismissal', 'dismissReminder'],
  skip: ['skip', 'skipReminder'],
  pause: ['pause', 'pauseReminder'],
  resume: ['resumption', 'resumeReminder'],
} as const;
/** What a walk may run into: the rest is a fault. */
const REFUSALS = ['conflict', 'not_found', 'invalid_input', 'unknown_reference', 'unprocessable'];

/** One account that says things over one face, and remembers them as the requests that REST would take. */
export class Walker {
  readonly requests: string[] = [];
  feed = '';

  private constructor(
    readonly program: TestProgram,
    readonly accountId: string,
    readonly key: string,
    private readonly face: Face,
  ) {}

  static async start(program: TestProgram, name: Face['name']): Promise<Walker> {
    const { accountId, secret } = await program.app.get(InstallationService).addAccount('Walker', 'Europe/Berlin');
    const walker = new Walker(program, accountId, secret, faceOf(name, program, secret));
    walker.feed = (await makeFeed(program, { name: 'All' }, secret)).path;
    return walker;
  }

  say(said: Said): Promise<void> {
    switch (said.say) {
      case 'remind':
        return this.remind(said);
      case 'edit':
        return this.edit(said);
      case 'answer':
        return this.answer(said);
      case 'contact':
        return this.contact(said);
      case 'recruiter':
        return this.recruiter(said);
      case 'round':
        return this.round(said);
      case 'settings':
        return this.settings(SETTINGS[said.which] ?? {});
    }
  }

  private remind({ hours, form, zone, byDay }: Said & { say: 'remind' }): Promise<void> {
    const timeZone = ZONES[zone] ?? null;
    const when = byDay ? { dueOn: this.hence(hours).slice(0, 10) } : { dueAt: this.hence(hours) };
    return this.create('Reminder', { title: 'Something', ...when, ...(timeZone ? { timeZone } : {}), ...FORMS[form] });
  }

  private async edit({ at, what, hours }: Said & { say: 'edit' }): Promise<void> {
    const changes: readonly Body[] = [
      { dueAt: this.hence(hours) },
      { dueOn: this.hence(hours).slice(0, 10) },
      { timeZone: ZONES[1 + (Math.abs(hours) % 3)] },
      { leads: ['PT1H', 'P2D'] },
      { leads: [] },
      { overdueAfter: 'PT3H' },
      { overdueAfter: null },
      { title: 'Something else', note: 'Noted', priority: 'high' },
      { ...NO_RULE },
      { ...NO_RULE, every: 'P1D' },
      { ...NO_RULE, every: 'P1W', dueAt: this.hence(hours) },
      { ...NO_RULE, rrule: 'FREQ=DAILY;COUNT=4' },
      { ...NO_RULE, every: 'P3D', anchor: 'completion' },
      { every: 'P1D', rrule: null },
    ];
    const id = await this.one('reminders', at);
    if (id) await this.update('Reminder', id, changes[what] ?? {});
  }

  private async answer({ at, verb, hours }: Said & { say: 'answer' }): Promise<void> {
    const id = await this.one('reminders', at);
    if (!id) return;
    if (verb === 'remove') return this.remove('Reminder', id);
    const [noun, mutation] = ANSWERS[verb];
    const inputs: Partial<Record<typeof verb, Body>> = {
      complete: {},
      snooze: { for: `PT${Math.abs(hours) + 1}H` },
      until: { until: this.hence(Math.abs(hours) + 1) },
      tomorrow: { day: 'tomorrow' },
      nextWeek: { day: 'nextWeek' },
    };
    await this.act('Reminder', id, noun, mutation, inputs[verb]);
  }

  private async contact({ verb, at, days }: Said & { say: 'contact' }): Promise<void> {
    const id = await this.one('contacts', at);
    const touch = await this.one('interactions', at);
    const occurredAt = this.hence(-Math.abs(days) * 24);
    if (verb === 'create' || !id)
      return this.create('Contact', {
        name: 'Ada',
        tier: days % 2 ? 'inner' : 'close',
        metOn: occurredAt.slice(0, 10),
        ...(days % 3 ? {} : { keepInTouchEvery: 'P2D' }),
      });
    if (verb === 'log') return this.create('Interaction', { contactIds: [id], channel: 'call', occurredAt });
    if (verb === 'plan')
      return this.create('Interaction', {
        contactIds: [id],
        channel: 'call',
        occurredAt: this.hence(Math.abs(days) * 5),
      });
    if (verb === 'redate')
      return touch ? this.update('Interaction', touch, { occurredAt: this.hence(days * 24) }) : undefined;
    if (verb === 'unlog') return touch ? this.remove('Interaction', touch) : undefined;
    if (verb === 'tier') return this.update('Contact', id, { tier: days % 3 ? 'wide' : 'inner' });
    if (verb === 'rename') return this.update('Contact', id, { name: `Ada ${days}` });
    if (verb === 'archive') return this.update('Contact', id, { archived: days % 2 === 0 });
    if (verb === 'remove') return this.remove('Contact', id);
    if (verb === 'merge') return this.mergeInto(id, await this.one('contacts', at + 1 + Math.abs(days)));
    if (verb === 'unmerge') return this.act('Contact', id, 'unmerge', 'unmergeContact');
    return this.act('Contact', id, 'restoration', 'restoreContact');
  }

  private mergeInto(id: string, contactId = id): Promise<void> {
    return this.act('Contact', id, 'merge', 'mergeContacts', { contactId });
  }

  private async recruiter({ verb, at, days }: Said & { say: 'recruiter' }): Promise<void> {
    const id = await this.one('recruiters', at);
    if (verb === 'create' || !id) return this.create('Recruiter', { contact: { name: 'Rita' } });
    if (verb === 'engage') return this.update('Recruiter', id, { status: 'engaged' });
    if (verb === 'remove') return this.remove('Recruiter', id);
    return this.act('Recruiter', id, 'parking', 'parkRecruiter', { for: `P${Math.abs(days) + 1}D` });
  }

  private async round({ verb, at, days }: Said & { say: 'round' }): Promise<void> {
    const interviewId = await this.one('interviews', at);
    const id = await this.one('rounds', at);
    if (!interviewId) return this.create('Interview', { company: 'Engines', role: 'Engineer', intent: 'serious' });
    if (verb === 'create' || !id)
      return this.create('Round', { interviewId, kind: 'coding', startsAt: this.hence(days * 7) });
    if (verb === 'move') return this.update('Round', id, { startsAt: this.hence(days * 5) });
    if (verb === 'cancel') return this.update('Round', id, { status: days % 2 ? 'cancelled' : 'scheduled' });
    if (verb === 'end') return this.update('Interview', interviewId, { stage: days % 2 ? 'ended' : 'interviewing' });
    if (verb === 'rename') return this.update('Interview', interviewId, { company: `Engines ${days}` });
    return verb === 'drop' ? this.remove('Interview', interviewId) : this.remove('Round', id);
  }

  private async settings(body: Body): Promise<void> {
    this.note('PATCH', '/v1/account', body);
    const { status } = await this.program.ask('patch', '/v1/account', { key: this.key, body });
    if (status !== 200) throw new Error(`The settings ${JSON.stringify(body)} are answered with ${status}.`);
  }

  private async create(type: string, input: Body): Promise<void> {
    this.note('POST', `/v1/${type.toLowerCase()}s`, input);
    this.judge(await this.face.create(type, input));
  }

  private async update(type: string, id: string, input: Body): Promise<void> {
    this.note('PATCH', `/v1/${type.toLowerCase()}s/${id}`, input);
    this.judge(await this.face.update(type, id, input));
  }

  private async remove(type: string, id: string): Promise<void> {
    this.note('DELETE', `/v1/${type.toLowerCase()}s/${id}`);
    this.judge(await this.face.remove(type, id));
  }

  private async act(type: string, id: string, noun: string, verb: string, input?: Body): Promise<void> {
    this.note('POST', `/v1/${type.toLowerCase()}s/${id}/${noun}`, input);
    this.judge(await this.face.act({ type, id, noun, verb, ...(input ? { input } : {}) }));
  }

  private judge({ code, message }: { readonly code: string | null; readonly message: string }): void {
    if (code !== null && !REFUSALS.includes(code))
      throw new Error(`${this.requests.at(-1)} is answered ${code}: ${message}`);
  }

  private note(method: string, path: string, body?: Body): void {
    const time = this.program.clock.now().toISOString();
    const data = body ? ` -H "$JSON" -d '${JSON.stringify(body)}'` : '';
    this.requests.push(`curl -X ${method} -H "$KEY" "$KITH${path}"${data}  # at ${time}`);
  }

  /** One of the rows that are there, in the order in which they came. */
  private async one(table: string, at: number): Promise<string | undefined> {
    const { rows } = await this.program.pool.query<{ id: string }>(
      `select id from ${table} where account_id = $1 order by id`,
      [this.accountId],
    );
    return rows[at % Math.max(1, rows.length)]?.id;
  }

  private hence(hours: number): string {
    return new Date(this.program.clock.now().getTime() + hours * HOUR).toISOString();
  }
}
