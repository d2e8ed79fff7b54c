import type { CreateCircleInput } from '../../features/contacts/circles/circle.inputs.js';
import type { CreateEncounterInput } from '../../features/contacts/encounters/encounter.inputs.js';

interface Circle {
  readonly name: string;
  readonly kind: CreateCircleInput['kind'];
  readonly url: string | null;
}

export const CIRCLES: readonly Circle[] = [
  { name: 'TypeScript Lakeside', kind: 'meetup', url: 'https://typescript-lakeside.example' },
  { name: 'Ledgerline', kind: 'open_source', url: 'https://git.ledgerline.example/ledgerline/ledgerline' },
  { name: 'Database Evenings', kind: 'community', url: 'https://database-evenings.example' },
  { name: 'Observability Breakfast', kind: 'meetup', url: null },
  { name: 'Systems Guild', kind: 'community', url: 'https://systems-guild.example' },
  { name: 'Rust Lunch', kind: 'chat', url: 'https://chat.rust-lunch.example' },
  { name: 'Harbourlight alumni', kind: 'alumni', url: null },
];

/** Where people were met, so many days ago. */
export interface Gathering {
  readonly title: string;
  readonly kind: CreateEncounterInput['kind'];
  readonly daysAgo: number;
  readonly place: string | null;
  readonly circle: string | null;
  readonly myRole: CreateEncounterInput['myRole'];
  readonly url?: string;
}

const merge = (number: number): string =>
  `https://git.ledgerline.example/ledgerline/ledgerline/-/merge_requests/${number}`;

const inCircle = (
  [title, kind, daysAgo, place]: readonly [string, Gathering['kind'], number, string | null],
  circle: string | null,
  myRole: Gathering['myRole'] = 'attendee',
): Gathering => ({ title, kind, daysAgo, place, circle, myRole });

/** The last first. */
export const GATHERINGS: readonly Gathering[] = [
  inCircle(['Compilers over coffee', 'meetup', 13, 'Berlin'], 'TypeScript Lakeside'),
  inCircle(['Database Evenings: vacuum, explained', 'talk', 34, 'Berlin'], 'Database Evenings', 'speaker'),
  { ...inCircle(['Faster ledgers', 'pull_request', 55, null], 'Ledgerline', 'contributor'), url: merge(871) },
  inCircle(['Observability Breakfast, autumn', 'meetup', 78, 'Hamburg'], 'Observability Breakfast'),
  inCircle(['Lakeside Conf', 'conference', 102, 'Zurich'], 'TypeScript Lakeside', 'speaker'),
  inCircle(['Systems Guild summer party', 'meetup', 131, 'London'], 'Systems Guild'),
  inCircle(['Hallway of Queues', 'conference', 165, 'Amsterdam'], null),
  { ...inCircle(['Decimal rounding', 'pull_request', 198, null], 'Ledgerline', 'contributor'), url: merge(702) },
  inCircle(['Rust Lunch meets', 'chat', 226, null], 'Rust Lunch'),
  inCircle(['Database Evenings: indexes', 'meetup', 254, 'Berlin'], 'Database Evenings', 'organiser'),
  inCircle(['Small Servers Day', 'conference', 289, 'Lisbon'], 'Systems Guild'),
  inCircle(['First week at Tidewhistle Labs', 'workplace', 330, 'Berlin'], null, null),
  inCircle(['TypeScript Lakeside, winter', 'meetup', 368, 'Zurich'], 'TypeScript Lakeside'),
  inCircle(['Harbourlight alumni dinner', 'other', 402, 'London'], 'Harbourlight alumni', 'organiser'),
  inCircle(['Observability Breakfast, spring', 'meetup', 441, 'Hamburg'], 'Observability Breakfast'),
  { ...inCircle(['A parser for statements', 'pull_request', 477, null], 'Ledgerline', 'contributor'), url: merge(415) },
  inCircle(['Lakeside Conf, the year before', 'conference', 512, 'Zurich'], 'TypeScript Lakeside'),
  inCircle(['Systems Guild reading group', 'chat', 548, null], 'Systems Guild'),
  inCircle(['Postgres by the sea', 'conference', 590, 'Porto'], 'Database Evenings'),
  inCircle(['Rust Lunch, the first', 'chat', 633, null], 'Rust Lunch', 'organiser'),
  inCircle(['Hiring round table', 'other', 676, 'Munich'], null),
  inCircle(['Database Evenings: the opening', 'meetup', 718, 'Berlin'], 'Database Evenings'),
];
