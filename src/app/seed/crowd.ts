import type { ContactBody, Person, TouchBody } from './person.js';
import type { Chance } from './chance.js';
import { COMPANIES, NOTES, OWN_JOBS, TAGS, TITLES } from './companies.js';
import type { Days } from './days.js';
import { GATHERINGS } from './gatherings.js';
import type { Gathering } from './gatherings.js';
import { emailOf, handleOf } from './names.js';
import type { Names } from './names.js';
import { TWO_YEARS, lastTouch, newsletter, touch, touchesBack } from './touches.js';
import type { Mood } from './touches.js';

/** The days of a tier's cadence, about. */
const CADENCE = { inner: 30, close: 91, wide: 182 } as const;

type Tier = keyof typeof CADENCE;
/** A cadence in weeks, whose last touch was exactly so long ago: due today. */
type Role = readonly [Mood, Tier] | readonly ['today', number] | readonly ['once close'] | readonly ['dormant'];

const so = <T>(count: number, role: T): T[] => Array.from({ length: count }, () => role);

/** Who is what; the rest of the crowd is known in passing. */
const ROLES: readonly Role[] = [
  ...so<Role>(7, ['kept', 'inner']),
  ...so<Role>(38, ['kept', 'close']),
  ...so<Role>(70, ['kept', 'wide']),
  ...[4, 6, 8].map((weeks): Role => ['today', weeks]),
  ...(['inner', 'close', 'wide'] as const).map((tier): Role => ['due', tier]),
  ...(['inner', 'close', 'close', 'wide', 'wide'] as const).map((tier): Role => ['overdue', tier]),
  ...(['inner', 'close', 'close', 'wide', 'wide'] as const).map((tier): Role => ['fading', tier]),
  ...so<Role>(8, ['once close']),
  ...so<Role>(30, ['dormant']),
];

interface Course {
  readonly rhythm: Person['rhythm'];
  readonly last: number;
  /** Days between touches, about. */
  readonly gap: number;
}

/** Everybody but those who are written by hand. */
export class Crowd {
  private readonly people: Person[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly days: Days,
    private readonly names: Names,
  ) {}

  of(size: number): readonly Person[] {
    const roles = this.chance.some(ROLES, ROLES.length);
    for (let n = 0; n < size; n += 1) {
      const course = this.courseOf(roles[n]);
      this.people.push(this.chance.happens(0.12) ? this.coworker(course) : this.acquaintance(course));
    }
    return this.people;
  }

  private courseOf(role: Role | undefined): Course {
    const { chance } = this;
    if (!role) return { rhythm: {}, last: chance.whole(20, 600), gap: chance.happens(0.5) ? 400 : TWO_YEARS };
    if (role[0] === 'dormant') return { rhythm: { tier: 'dormant' }, last: chance.whole(200, 600), gap: 300 };
    if (role[0] === 'once close') return { rhythm: {}, last: chance.whole(375, 450), gap: 40 };
    if (role[0] === 'today') {
      const days = role[1] * 7;
      return { rhythm: { keepInTouchEvery: `P${role[1]}W` }, last: days, gap: days };
    }
    const gap = CADENCE[role[1]];
    return { rhythm: { tier: role[1] }, last: lastTouch(chance, role[0], gap), gap };
  }

  /** Met somewhere, perhaps through somebody. */
  private acquaintance({ rhythm, last, gap }: Course): Person {
    const gathering = this.gatheringBefore(last + (gap === 40 ? 130 : 0));
    const company = this.chance.happens(0.85) ? this.chance.pick(COMPANIES) : null;
    const contact = this.contact(company);
    const through = this.chance.happens(0.12) ? this.people.at(-this.chance.whole(1, 20))?.contact.name : undefined;
    return {
      contact,
      rhythm,
      gathering: gathering.title,
      ...(through ? { through } : {}),
      touches: this.touches(last, gathering.daysAgo, gap),
      jobs: company && this.chance.happens(0.3) ? this.history(company, contact.title ?? null) : [],
      circles: this.circles(contact, gathering),
      favours: this.favours(gathering.daysAgo, rhythm),
    };
  }

  /** Knows you from work; for longer than the seed goes back, perhaps. */
  private coworker({ rhythm, last, gap }: Course): Person {
    const { chance, days } = this;
    const [now, ...earlier] = OWN_JOBS;
    const job = last < now.from && chance.happens(0.4) ? now : chance.pick(earlier);
    const company = job === now ? job.company : chance.pick(COMPANIES);
    const from = Math.max(last + 1, chance.whole(job.from - 200, job.from));
    const contact = { ...this.contact(company), relation: chance.happens(0.15) ? 'manager' : 'coworker' } as const;
    const title = chance.pick(TITLES);
    const left = job.to === null ? null : days.ago(chance.whole(job.to, job.to + 60));
    const shared = { company: job.company, title, startedOn: days.ago(from + 30), endedOn: left };
    const since = { company, title: contact.title ?? null, startedOn: left, startedOnPrecision: 'month' } as const;
    return {
      contact: { ...contact, howWeMet: `Worked together at ${job.company}`, metOn: days.ago(from) },
      rhythm,
      touches: this.touches(last, from, gap),
      jobs: left === null ? [shared] : [shared, since],
      circles: [],
      favours: this.favours(Math.min(from, TWO_YEARS), rhythm),
    };
  }

  private contact(company: string | null): ContactBody {
    const { chance } = this;
    const named = this.names.next();
    const handle = handleOf(named);
    const links = [
      ...(chance.happens(0.3) ? [{ kind: 'mastodon', value: `@${handle}@social.example` } as const] : []),
      ...(chance.happens(0.2) ? [{ kind: 'website', value: `https://${handle}.example` } as const] : []),
    ];
    return {
      ...named,
      company,
      title: company === null ? 'Freelancer' : chance.pick(TITLES),
      emails: chance.happens(0.9) ? [emailOf(handle, chance.happens(0.6) ? company : null)] : [],
      phones: chance.happens(0.4) ? this.names.phoneIn(named.location) : [],
      links,
      tags: chance.some(TAGS, chance.whole(0, 3)),
      relation: chance.pick(['community', 'community', 'friend', 'other', 'speaker', 'maintainer']),
      favourite: chance.happens(0.05),
      ...(chance.happens(0.15) ? { notes: chance.pick(NOTES) } : {}),
      ...(chance.happens(0.2) ? { birthday: `--${this.days.ago(chance.whole(0, 364)).slice(5)}` } : {}),
    };
  }

  private gatheringBefore(daysAgo: number): Gathering {
    return this.chance.pick(GATHERINGS.filter((gathering) => gathering.daysAgo > daysAgo));
  }

  private touches(last: number, met: number, gap: number): TouchBody[] {
    const { chance, days } = this;
    if (gap === TWO_YEARS && chance.happens(0.5)) return [];
    const touches = touchesBack(chance, days, last, met, gap);
    const beside = chance.happens(0.06) ? [newsletter(days, chance.whole(1, 90))] : [];
    return touches.length > 0 ? [...touches, ...beside] : [touch(chance, days, last)];
  }

  private history(company: string, title: string | null): Person['jobs'] {
    const since = this.chance.whole(60, 1_500);
    const before = this.chance.pick(COMPANIES.filter((other) => other !== company));
    const day = this.days.ago(since);
    return [
      { company: before, title: 'Engineer', startedOn: this.days.ago(since + 900), endedOn: day },
      { company, title, startedOn: day },
    ];
  }

  private circles({ name }: ContactBody, { circle, daysAgo }: Gathering): Person['circles'] {
    if (circle === null || !this.chance.happens(0.5)) return [];
    const handle = name
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]/g, '')
      .slice(0, 12);
    return [{ circle, handle, since: this.days.ago(daysAgo) }];
  }

  private favours(met: number, { tier }: Person['rhythm']): Person['favours'] {
    const { chance, days } = this;
    if (!chance.happens(tier === 'inner' || tier === 'close' ? 0.3 : 0.03)) return [];
    const direction = chance.pick(['given', 'asked', 'received'] as const);
    const occurredOn = days.ago(chance.whole(1, Math.max(1, met - 1)));
    const kind = chance.pick(['intro', 'referral', 'review', 'mentoring', 'reference'] as const);
    return [{ direction, kind, occurredOn }];
  }
}
