import { Column, Entity } from 'typeorm';
import { Choice, Flag, Id, Integer, Json, Text } from '../../platform/contract/fields.js';
import { pick } from '../../platform/contract/recipes.js';
import { Resource, Shape } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';
import { unknownPattern } from '../../platform/events/event-patterns.js';
import { FORMATS } from './formats/formats.js';
import type { SealedSecret } from './secrets.js';
import type { SealedHeader } from './webhook-headers.js';

const STATUSES = ['active', 'paused', 'disabled'] as const;
const DISABLED_REASONS = ['gone', 'failing', 'key_revoked', 'key_expired', 'erased'] as const;

@Entity('webhooks')
@Resource('An endpoint to which signed events are sent.')
export class Webhook extends Owned {
  @Column('text')
  @Text({
    max: 2_000,
    filter: 'scan',
    description: 'Where events are sent: an absolute https URL without credentials and without a fragment.',
    example: 'https://example.com/hooks/kith',
  })
  url!: string;

  @Column('text', { nullable: true })
  @Text({ max: 500, nullable: true, description: 'What the endpoint is for.', example: 'Tells my chat' })
  description!: string | null;

  @Column('text', { array: true, default: '{*}' })
  @Text({
    max: 100,
    list: 100,
    defaulted: true,
    filter: 'scan',
    check: unknownPattern,
    description:
      'Which events it receives: names, all events of a resource (`reminder.*`), or all events (`*`, the default).',
    example: ['reminder.*', 'account.updated'],
  })
  eventTypes!: string[];

  @Column('text', { default: 'standard' })
  @Choice({
    name: 'WebhookFormat',
    values: FORMATS,
    defaulted: true,
    filter: 'scan',
    description:
      'How events are written: `standard` (Standard Webhooks, the default), `flat` (one object without nesting, for Zapier and similar tools), `slack`, `discord` and `teams` (messages for people), `cloudevents` (1.0, structured JSON) or `template` (your own text).',
  })
  format!: (typeof FORMATS)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 20_000,
    nullable: true,
    description:
      'The body in the format `template`, in Liquid. It can use `id`, `type`, `timestamp`, `sequence`, `data`, `previous`, `actions`, `sample` and `timeZone`. To write JSON, pass values through the filter `json`, as in `{"text": {{ data.title | json }}}`. It is tried with samples of every requested event, and refused if it fails or if a text could break its JSON.',
  })
  template!: string | null;

  @Column('boolean', { default: false })
  @Flag({
    defaulted: true,
    description: 'Send ids only: `data` then contains the ids of the subject, and the rest is read with a key.',
  })
  thin!: boolean;

  @Column('jsonb', { nullable: true })
  @Json({
    nullable: true,
    description:
      'Only events whose `data` meets these conditions, in the language of list filters: `{"kind": {"eq": "manual"}}`. All requested events must have its fields.',
  })
  filter!: Record<string, unknown> | null;

  /** The filter in the form that the fan-out evaluates: an SQL/JSON path. */
  @Column('text', { nullable: true })
  filterPath!: string | null;

  @Column('integer', { nullable: true })
  @Integer({
    min: 1,
    max: 1_000,
    nullable: true,
    description:
      'The most attempts per second, by all workers together, evenly spread to within a tenth of a second. Null, the default, means no limit.',
    example: 10,
  })
  throttlePerSecond!: number | null;

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 100,
    list: 20,
    defaulted: true,
    description:
      'The names of its additional headers, which are sent with every attempt. Their values are never shown.',
    example: ['X-Api-Key'],
  })
  headerNames!: string[];

  @Column('text', { default: 'active' })
  @Choice({
    name: 'WebhookStatus',
    values: STATUSES,
    defaulted: true,
    filter: 'scan',
    description:
      'An active endpoint receives the events that happen while it is active. A paused one receives none, and its pending deliveries continue when it is active again. A disabled one receives none, and its pending deliveries are cancelled.',
  })
  status!: (typeof STATUSES)[number];

  @Column('text', { nullable: true })
  @Choice({
    name: 'WebhookDisabledReason',
    values: DISABLED_REASONS,
    nullable: true,
    filter: 'scan',
    description:
      'Why it was disabled: `gone` (it answered 410), `failing` (every attempt of 120 hours failed), `key_revoked` or `key_expired` (the key that made it has ended), `erased` (its filter, template or URL mentioned what was erased, and was removed: set it again before you activate it). Null while it is not disabled.',
  })
  disabledReason!: (typeof DISABLED_REASONS)[number] | null;

  @Column('boolean', { default: false })
  @Flag({
    defaulted: true,
    filter: 'scan',
    description:
      'Whether it is a REST hook, as Zapier and n8n create them. It is sent no ping when it is created. A 410 deletes it. When it is deleted here or disabled, a `DELETE` is sent to its URL.',
  })
  restHook!: boolean;

  @Column('uuid', { nullable: true })
  @Id({
    nullable: true,
    filter: 'scan',
    description:
      'The key that made it, gave it its current URL, or activated it after its key had ended. When that key is revoked or expires, the endpoint is disabled.',
  })
  keyId!: string | null;

  @Column('text', { array: true })
  @Text({
    max: 60,
    list: 50,
    description: 'The scopes of that key. The endpoint is sent only events that they allow to read.',
    example: ['*'],
  })
  scopes!: string[];

  /** When the key expires. */
  @Column('timestamptz', { nullable: true })
  grantedUntil!: Date | null;

  /** Newest first, each sealed for this row. There are none once the endpoint is deleted. */
  @Column('jsonb', { default: [] })
  secrets!: SealedSecret[];

  /** Each value is sealed for this row. */
  @Column('jsonb', { default: [] })
  headers!: SealedHeader[];

  /** What was committed when it was made or activated, as a `pg_snapshot`: it is sent only what came later. */
  @Column('text', { nullable: true, default: () => '(log_snapshot())' })
  heardFrom!: string | null;

  /** For an endpoint with a throttle: when the next attempt may be claimed. Each claim moves it on. */
  @Column('timestamptz', { nullable: true })
  throttleNextAt!: Date | null;

  /** The first failure since the last success. */
  @Column('timestamptz', { nullable: true })
  failingSince!: Date | null;

  /** When the target of a REST hook that was ended here is notified next; null when there is nothing to notify it of. */
  @Column('timestamptz', { nullable: true })
  farewellAt!: Date | null;

  /** How often a notification was tried. */
  @Column('integer', { default: 0 })
  farewells!: number;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}

/** The properties of an endpoint that a caller sets and can change. */
export const SETTINGS = [
  'url',
  'description',
  'eventTypes',
  'format',
  'template',
  'thin',
  'filter',
  'throttlePerSecond',
] as const;

@Shape('An endpoint with its newest secret, which is shown only once.')
export class WebhookWithSecret extends pick(Webhook, [
  'id',
  'createdAt',
  'updatedAt',
  'version',
  ...SETTINGS,
  'restHook',
  'headerNames',
  'status',
  'disabledReason',
  'keyId',
  'scopes',
]) {
  @Text({
    max: 100,
    description: 'The secret that signs messages (Standard Webhooks). Store it now: it is not shown again.',
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  })
  secret!: string;
}
