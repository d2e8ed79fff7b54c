import { Column, Entity } from 'typeorm';
import { Choice, Flag, Integer, Json, Text } from '../../platform/contract/fields.js';
import { pick } from '../../platform/contract/recipes.js';
import { Resource, Shape } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';
import { unknownPattern } from '../../platform/events/event-patterns.js';
import { FORMATS } from './formats/formats.js';
import type { SealedSecret } from './secrets.js';
import type { SealedHeader } from './webhook-headers.js';

const STATUSES = ['active', 'paused', 'disabled'] as const;
const DISABLED_REASONS = ['gone', 'failing'] as const;

@Entity('webhooks')
@Resource('An endpoint of yours that events are sent to, signed.')
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
      'Which events it gets: names, all of a noun (`reminder.*`), or everything (`*`), which is the default.',
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
      'How events are written: `standard` (Standard Webhooks, the default), `flat` (one object without depth, for Zapier and its like), `slack`, `discord` and `teams` (messages for people), `cloudevents` (1.0, structured JSON) or `template` (your own).',
  })
  format!: (typeof FORMATS)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 20_000,
    nullable: true,
    description:
      'The body in the format `template`, in Liquid. It sees `id`, `type`, `timestamp`, `sequence`, `data`, `previous`, `actions`, `sample` and `timeZone`. It is tried with a sample of every event that is asked for, and refused when it fails.',
  })
  template!: string | null;

  @Column('boolean', { default: false })
  @Flag({
    defaulted: true,
    description: 'Send ids only: `data` then holds the ids of what happened, and the rest is read with a key.',
  })
  thin!: boolean;

  @Column('jsonb', { nullable: true })
  @Json({
    nullable: true,
    description:
      'Only events whose `data` meets these conditions, in the language of list filters: `{"kind": {"eq": "manual"}}`. Its fields must be in every event that is asked for.',
  })
  filter!: Record<string, unknown> | null;

  /** The filter as the fan-out asks it: an SQL/JSON path. */
  @Column('text', { nullable: true })
  filterPath!: string | null;

  @Column('integer', { nullable: true })
  @Integer({
    min: 1,
    max: 1_000,
    nullable: true,
    description:
      'At most so many attempts a second, by all workers together, spread evenly but for a tenth of a second. Null, the default, for no limit.',
    example: 10,
  })
  throttlePerSecond!: number | null;

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 100,
    list: 20,
    defaulted: true,
    description: 'The names of its own headers, which come with every attempt. Their values are never shown.',
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
      'Events of its time go to an active endpoint. A paused one gets none; what waited for it goes on when it is active again. A disabled one gets none, and what waited for it was cancelled.',
  })
  status!: (typeof STATUSES)[number];

  @Column('text', { nullable: true })
  @Choice({
    name: 'WebhookDisabledReason',
    values: DISABLED_REASONS,
    nullable: true,
    filter: 'scan',
    description:
      'Why it was disabled: `gone`, it answered 410; `failing`, every attempt of 120 hours failed. Null while it is not.',
  })
  disabledReason!: (typeof DISABLED_REASONS)[number] | null;

  @Column('boolean', { default: false })
  @Flag({
    defaulted: true,
    filter: 'scan',
    description:
      'Is it a REST hook, as Zapier and n8n make them? No ping is sent when it is made, a 410 deletes it, and when it is deleted here or disabled, its URL gets a `DELETE`.',
  })
  restHook!: boolean;

  /** The newest first; each was sealed for this row. None is left when the endpoint is deleted. */
  @Column('jsonb', { default: [] })
  secrets!: SealedSecret[];

  /** Each value was sealed for this row. */
  @Column('jsonb', { default: [] })
  headers!: SealedHeader[];

  /** When the next attempt may be claimed of an endpoint with a throttle: claims move it on. */
  @Column('timestamptz', { nullable: true })
  throttleNextAt!: Date | null;

  /** The first failure since the last success. */
  @Column('timestamptz', { nullable: true })
  failingSince!: Date | null;

  /** When the target of a REST hook that was dropped here is told so next; null when there is nothing to tell. */
  @Column('timestamptz', { nullable: true })
  farewellAt!: Date | null;

  /** How often it was told. */
  @Column('integer', { default: 0 })
  farewells!: number;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}

/** What a caller decides of an endpoint, and may change. */
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

@Shape('An endpoint with its newest secret, which is never shown again.')
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
]) {
  @Text({
    max: 100,
    description: 'The secret that signs what is sent (Standard Webhooks). Keep it now: it is not shown again.',
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  })
  secret!: string;
}
