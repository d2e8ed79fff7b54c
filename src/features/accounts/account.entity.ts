import { Column, Entity } from 'typeorm';
import { isPhoneRegion } from '../../kit/phone-number.js';
import { Choice, Flag, Id, Integer, LocalDate, Period, Text, TimeZone } from '../../platform/contract/fields.js';
import { pick } from '../../platform/contract/recipes.js';
import { Resource, Shape } from '../../platform/contract/shapes.js';
import { isSupportedZone } from '../../platform/contract/time-zones.js';
import { Owned } from '../../platform/database/owned.js';

export const AVAILABILITIES = ['closed', 'warm', 'open', 'urgent'] as const;
export const DIGEST_PERIODS = ['off', 'daily', 'weekly'] as const;

const localTime = {
  max: 5,
  pattern: { regexp: /^([01]\d|2[0-3]):[0-5]\d$/, hint: 'must be a local time HH:MM' },
};

/** An account owns itself, so that its row is read like every other. */
@Entity('accounts')
@Resource("One person's tech career, and the calendar its reminders ring by.")
export class Account extends Owned {
  @Column('text')
  @Text({ max: 200, description: 'The name of the account.', example: 'My career' })
  name!: string;

  @Column('text', { default: 'UTC' })
  @TimeZone({
    defaulted: true,
    description: 'The IANA time zone in which days and times of day are calculated.',
    example: 'Europe/Berlin',
  })
  timeZone!: string;

  @Column('text', { default: '09:00' })
  @Text({
    ...localTime,
    defaulted: true,
    description: 'The local time at which the day starts: reminders for a day ring then.',
    example: '09:00',
  })
  dayStartsAt!: string;

  @Column('text', { default: 'P8M' })
  @Period({ defaulted: true, description: 'How long a recruiter is parked by default.', example: 'P8M' })
  checkBackPeriod!: string;

  @Column('text', { default: 'closed' })
  @Choice({
    name: 'Availability',
    values: AVAILABILITIES,
    defaulted: true,
    description:
      'Whether you look for a job: `closed`: not looking; `warm`: open to offers, without looking; `open`: looking; `urgent`: looking, and soon. Default `closed`.',
  })
  availability!: (typeof AVAILABILITIES)[number];

  @Column('date', { nullable: true })
  @LocalDate({
    nullable: true,
    description:
      'The day from which you are open to offers, before 2100. While it lies ahead, recruiters are parked until then by default; null for none. Default null.',
    example: '2027-01-04',
  })
  openFrom!: string | null;

  @Column('text', { nullable: true, default: 'P1M' })
  @Period({
    nullable: true,
    description: 'How often to be in touch with whoever is in the tier `inner`; null for no cadence. Default `P1M`.',
    example: 'P1M',
  })
  innerEvery!: string | null;

  @Column('text', { nullable: true, default: 'P3M' })
  @Period({
    nullable: true,
    description: 'How often to be in touch with whoever is in the tier `close`; null for no cadence. Default `P3M`.',
    example: 'P3M',
  })
  closeEvery!: string | null;

  @Column('text', { nullable: true, default: 'P6M' })
  @Period({
    nullable: true,
    description: 'How often to be in touch with whoever is in the tier `wide`; null for no cadence. Default `P6M`.',
    example: 'P6M',
  })
  wideEvery!: string | null;

  @Column('text', { nullable: true })
  @Period({
    nullable: true,
    description:
      'How often to be in touch with whoever is in the tier `dormant`; null for no cadence. Default null: none.',
    example: 'P1Y',
  })
  dormantEvery!: string | null;

  @Column('text', { nullable: true })
  @Text({
    ...localTime,
    nullable: true,
    description: 'Nothing rings from this local time until `quietUntil`; null for no quiet hours.',
    example: '22:00',
  })
  quietFrom!: string | null;

  @Column('text', { nullable: true })
  @Text({
    ...localTime,
    nullable: true,
    description:
      'The local time at which quiet hours end and delayed rings come; if it is before `quietFrom`, on the next day.',
    example: '07:30',
  })
  quietUntil!: string | null;

  @Column('integer', { array: true, default: '{}' })
  @Integer({
    min: 1,
    max: 7,
    list: 6,
    defaulted: true,
    description:
      'The days of the week on which nothing rings: 1 for Monday to 7 for Sunday (ISO 8601), at most six. They last until the next day that is not quiet starts (`dayStartsAt`), and delayed rings come then.',
    example: [6, 7],
  })
  quietWeekdays!: number[];

  @Column('text', { default: 'off' })
  @Choice({
    name: 'DigestPeriod',
    values: DIGEST_PERIODS,
    defaulted: true,
    description: 'How often `digest.ready` is sent at the start of the day, with what is due and what is next.',
  })
  digest!: (typeof DIGEST_PERIODS)[number];

  @Column('integer', { default: 1 })
  @Integer({
    min: 1,
    max: 7,
    defaulted: true,
    description: 'The day of a weekly digest: 1 for Monday to 7 for Sunday (ISO 8601).',
    example: 1,
  })
  digestWeekday!: number;

  @Column('text', { nullable: true })
  @Text({
    min: 2,
    max: 2,
    nullable: true,
    check: (code) =>
      isPhoneRegion(code)
        ? null
        : 'must be the two capital letters of a country (ISO 3166-1) that has telephone numbers, such as GB',
    description:
      'The country that telephone numbers without a country code are meant for: two letters of ISO 3166-1; null when that is not known. Default null.',
    example: 'GB',
  })
  phoneRegion!: string | null;

  @Column('boolean', { default: true })
  @Flag({
    defaulted: true,
    description:
      'Whether the texts of messages that come in are kept. False: from then on only who wrote when about what is. Default true.',
  })
  keepMessageTexts!: boolean;
}

@Shape('A new account of the installation, with its first key, which is never shown again.')
export class NewAccount extends pick(Account, ['name', 'timeZone']) {
  @Id({ description: 'The account.' })
  accountId!: string;

  @Text({ max: 100, description: 'The secret of its first key. Keep it now: only its hash is stored.' })
  secret!: string;
}

/** The default time zone of a new account: that of the machine, if it is valid. */
export function localTimeZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isSupportedZone(zone) ? zone : 'UTC';
}
