import { Temporal } from 'temporal-polyfill';

/** The rules of check-backs on a page, by another calendar than the program's. */
export type State = 'open' | 'early' | 'kept' | 'missed' | 'waived';

export interface Expected {
  readonly who: number;
  readonly made: Temporal.PlainDate;
  readonly due: Temporal.PlainDate;
  state: State;
  returnedOn: string | null;
  /** What it was before returns. */
  former: { state: State; returnedOn: string | null }[];
}

interface Person {
  readonly firm: string | null;
  status: string;
  /** The check-back of the parking that is, or that ended when they came back. */
  parking: Expected | null;
  there: boolean;
  /** Since when the contact is in the trash. */
  trashedAt: Temporal.Instant;
}

const stands = ({ state }: Expected): boolean => state === 'open' || state === 'early';

/** Four recruiters: two of one firm, two with addresses of one provider. */
export class Page {
  now: Temporal.Instant;
  zone = 'UTC';
  readonly people: Person[];
  readonly checkBacks: Expected[] = [];
  /** `kept 3`: the third check-back. */
  readonly events: string[] = [];

  constructor(start: string) {
    this.now = Temporal.Instant.from(start);
    this.people = ['agency', 'agency', null, null].map((firm) => {
      return { firm, status: 'new', parking: null, there: true, trashedAt: this.now };
    });
  }

  get today(): Temporal.PlainDate {
    return this.now.toZonedDateTimeISO(this.zone).toPlainDate();
  }

  person(who: number): Person {
    const person = this.people[who];
    if (!person) throw new Error(`There is no person ${who}.`);
    return person;
  }

  standing(who: number): Expected | null {
    return this.checkBacks.find((one) => one.who === who && stands(one)) ?? null;
  }

  park(who: number, months: number): void {
    const person = this.person(who);
    this.waive(who);
    const made = this.today;
    const expected: Expected = { who, made, due: made.add({ months }), state: 'open', returnedOn: null, former: [] };
    this.checkBacks.push(expected);
    this.tell('made', expected);
    Object.assign(person, { status: 'parked', parking: expected });
  }

  edit(who: number, status: string): void {
    const person = this.person(who);
    if (person.status === status) return;
    this.waive(who);
    Object.assign(person, { status, parking: null });
  }

  trash(who: number): void {
    Object.assign(this.person(who), { there: false, trashedAt: this.now });
  }

  /** For 30 days. */
  canRestore(who: number): boolean {
    return this.now.since(this.person(who).trashedAt).total('hours') < 720;
  }

  /** Whether anybody was expected. */
  comeBack(who: number, daysAgo: number): boolean {
    const day = this.today.subtract({ days: daysAgo });
    const said = this.checkBacks.filter(
      (one) =>
        ['open', 'early', 'missed'].includes(one.state) &&
        this.isHeard(who, one.who) &&
        !isBefore(day, one.made) &&
        !isBefore(one.due.add({ days: 60 }), day),
    );
    for (const one of said) this.settle(one, day, one.who === who);
    return said.length > 0;
  }

  /** Whether it could be taken back. */
  reverse(checkBack: Expected): boolean {
    const before = checkBack.former.pop();
    if (!before) return false;
    const person = this.person(checkBack.who);
    const isParking = person.parking === checkBack;
    Object.assign(checkBack, before);
    if (isParking) person.status = 'parked';
    else if (stands(checkBack)) Object.assign(checkBack, { state: 'waived', returnedOn: null, former: [] });
    this.tell('reversed', checkBack);
    return true;
  }

  /** What the worker does: the 61st day after the day has started, at nine. */
  work(): void {
    for (const one of this.checkBacks.filter((each) => stands(each) && this.person(each.who).there)) {
      const end = one.due.add({ days: 61 }).toZonedDateTime({ timeZone: this.zone, plainTime: '09:00' }).toInstant();
      if (Temporal.Instant.compare(end, this.now) > 0) continue;
      Object.assign(one, { state: 'missed', former: [] });
      this.tell('missed', one);
    }
  }

  /** Who has a reminder of ours. */
  get reminded(): number[] {
    return this.people.flatMap(({ there }, who) => (there && this.standing(who) ? [who] : []));
  }

  private settle(one: Expected, day: Temporal.PlainDate, own: boolean): void {
    const isEarly = isBefore(day, one.due.subtract({ days: 30 }));
    if (isEarly && one.state !== 'open') return;
    one.former.push({ state: one.state, returnedOn: one.returnedOn });
    Object.assign(one, { state: isEarly ? 'early' : 'kept', returnedOn: day.toString() });
    this.tell(one.state, one);
    const person = this.person(one.who);
    if (!isEarly && person.parking === one && person.status === 'parked') person.status = own ? 'new' : 'answered';
  }

  private waive(who: number): void {
    const standing = this.standing(who);
    if (!standing) return;
    Object.assign(standing, { state: 'waived', former: [] });
    this.tell('waived', standing);
  }

  /** A colleague in the trash has no address. */
  private isHeard(who: number, other: number): boolean {
    const { firm } = this.person(who);
    return who === other || (firm !== null && this.person(other).firm === firm && this.person(other).there);
  }

  private tell(what: string, one: Expected): void {
    this.events.push(`${what} ${this.checkBacks.indexOf(one)}`);
  }
}

function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}
