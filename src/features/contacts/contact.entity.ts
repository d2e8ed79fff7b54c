import { Column, Entity } from 'typeorm';
import { companyKey } from '../../kit/company-name.js';
import { isLocalDate } from '../../kit/instants.js';
import { E164, isLikeNumber, typedNumber } from '../../kit/phone-number.js';
import type { AccountCalendar } from '../../platform/actor/actor.js';
import { Choice, Flag, Id, Json, Label, Nested, Text, TimeZone } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { ContactLink } from './contact-link.js';
import { Rhythm } from './contact-rhythm.entity.js';

export const RELATIONS = [
  'coworker',
  'manager',
  'maintainer',
  'speaker',
  'organiser',
  'community',
  'recruiter',
  'interviewer',
  'friend',
  'other',
] as const;

const MOST_PHONES = 20;

@Entity('contacts')
@Resource('A person worth staying in touch with.', { restorable: true })
export class Contact extends Rhythm {
  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, description: 'The contact that it was merged into; only of a contact in the trash.' })
  mergedIntoId!: string | null;

  @Column('text')
  @Text({
    max: 200,
    filter: true,
    sort: true,
    search: 'name',
    description: 'Full name, as the person writes it.',
    example: 'Ada Lovelace',
  })
  name!: string;

  @Column('text', { nullable: true })
  @Text({ max: 100, nullable: true, description: 'Given name.', example: 'Ada' })
  givenName!: string | null;

  @Column('text', { nullable: true })
  @Text({ max: 100, nullable: true, description: 'Family name.', example: 'Lovelace' })
  familyName!: string | null;

  @Column('text', { nullable: true })
  @Text({ max: 50, nullable: true, description: 'Pronouns.', example: 'she/her' })
  pronouns!: string | null;

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 254,
    list: 20,
    defaulted: true,
    filter: 'rare',
    search: true,
    pattern: { regexp: /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/, hint: 'must be an e-mail address' },
    caseless: true,
    description: 'E-mail addresses, the preferred one first.',
    example: ['ada@example.org'],
  })
  emails!: string[];

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 50,
    list: MOST_PHONES,
    defaulted: true,
    keys: { properties: ['phoneNumbers', 'phoneKeys'], of: numbersOf, isOne: isLikeNumber },
    description: 'Telephone numbers as they were typed, the preferred one first.',
    example: ['020 7946 0958'],
  })
  phones!: string[];

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 16,
    list: MOST_PHONES,
    filter: 'rare',
    pattern: { regexp: E164, hint: 'must be a number of ITU-T E.164' },
    description:
      'Those of `phones` that are understood, in the form of ITU-T E.164, each once. Numbers without a country code are understood if `phoneRegion` of the account is set. In a query string `+` is written `%2B`.',
    example: ['+442079460958'],
  })
  phoneNumbers!: string[];

  /** What `phones` are compared by, those that are not understood too. */
  @Column('text', { array: true, default: '{}' })
  phoneKeys!: string[];

  @Column('jsonb', { default: [] })
  @Nested(() => ContactLink, { list: 30, defaulted: true, description: 'Where to find them online.' })
  links!: ContactLink[];

  @Column('text', { nullable: true })
  @Text({
    max: 200,
    nullable: true,
    filter: true,
    sort: true,
    search: 'name',
    key: { property: 'companyKey', of: companyKey },
    description: 'The company they work for.',
    example: 'Analytical Engines',
  })
  company!: string | null;

  /** What the company is compared by. */
  @Column('text', { nullable: true })
  companyKey!: string | null;

  @Column('text', { nullable: true })
  @Text({ max: 200, nullable: true, search: true, description: 'Their job title.', example: 'Programmer' })
  title!: string | null;

  @Column('text', { nullable: true })
  @Text({ max: 200, nullable: true, search: true, description: 'Where they live.', example: 'London' })
  location!: string | null;

  @Column('text', { nullable: true })
  @TimeZone({ nullable: true, description: 'Their IANA time zone.', example: 'Europe/London' })
  timeZone!: string | null;

  @Column('text', { nullable: true })
  @Text({
    max: 10,
    nullable: true,
    check: (text) =>
      isLocalDate(text.replace(/^-(?=-)/, '2000')) ? null : 'must be YYYY-MM-DD, or --MM-DD without the year',
    description: 'Birthday, `YYYY-MM-DD`, or `--MM-DD` when the year is unknown.',
    example: '--12-10',
  })
  birthday!: string | null;

  @Column('text', { default: 'other' })
  @Choice({
    name: 'ContactRelation',
    values: RELATIONS,
    defaulted: true,
    filter: 'scan',
    description: 'How you know them.',
  })
  relation!: (typeof RELATIONS)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 500,
    nullable: true,
    search: true,
    description: 'How and where you met.',
    example: 'At a meetup in Berlin',
  })
  howWeMet!: string | null;

  @Column('text', { array: true, default: '{}' })
  @Label({
    max: 50,
    list: 50,
    defaulted: true,
    filter: true,
    search: true,
    description: 'Tags, each once. White space around one is no part of it, and inside it is one space.',
    example: ['typescript', 'berlin'],
  })
  tags!: string[];

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'Notes (Markdown).' })
  notes!: string | null;

  @Column('jsonb', { default: {} })
  @Json({
    defaulted: true,
    merges: true,
    description:
      'Your own fields, any JSON object of at most 100 keys, 16 KiB and 16 levels. A change is merged into it (RFC 7396): null removes a key, lists are replaced.',
  })
  custom!: Record<string, unknown>;

  @Column('boolean', { default: false })
  @Flag({ defaulted: true, filter: 'scan', description: 'Marked as a favourite.' })
  favourite!: boolean;

  @Column('boolean', { default: false })
  @Flag({ defaulted: true, filter: 'scan', description: 'Archived: no cadence applies.' })
  archived!: boolean;

  @Column('boolean', { default: false })
  @Flag({ defaulted: true, filter: 'scan', description: 'They asked not to be contacted: no cadence applies.' })
  doNotContact!: boolean;
}

/** The E.164 form of a number, and what it is compared by. */
function numbersOf(phone: string, { phoneRegion }: AccountCalendar): [number: string | null, key: string | null] {
  const { number, key } = typedNumber(phone, phoneRegion);
  return [number, key || null];
}
