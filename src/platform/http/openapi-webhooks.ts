import { answerExample } from '../contract/examples.js';
import { schemaReference } from '../contract/json-schema.js';
import type { JsonSchema } from '../contract/recipes.js';
import { sentEvents } from '../contract/catalogue.js';
import type { EventType } from '../contract/catalogue.js';

/** The headers of every delivery (Standard Webhooks 1.0). */
export const WEBHOOK_PARAMETERS = {
  WebhookId: {
    name: 'webhook-id',
    in: 'header',
    required: true,
    description: 'The same on every attempt of a delivery: store it to drop duplicates.',
    schema: { type: 'string', format: 'uuid' },
    example: '01977f2e-6c00-7000-8000-0123456789ab',
  },
  WebhookTimestamp: {
    name: 'webhook-timestamp',
    in: 'header',
    required: true,
    description: 'When this attempt began, in seconds since 1970: reject attempts older than five minutes.',
    schema: { type: 'integer' },
    example: 1772445600,
  },
  WebhookSignature: {
    name: 'webhook-signature',
    in: 'header',
    required: true,
    description:
      '`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` under the secret; several, separated by spaces, while a secret rotates.',
    schema: { type: 'string' },
    example: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
} as const;

/** `thing.was_made` is `ThingWasMadeEvent`. */
function eventSchemaName({ name }: EventType): string {
  return `${name.replace(/(^|[._])(\w)/g, (_, _separator: string, letter: string) => letter.toUpperCase())}Event`;
}

/** A schema for the body of each event; `type` tells them apart. */
export function eventSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(sentEvents().map((event) => [eventSchemaName(event), eventSchema(event)]));
}

function eventSchema({ name, resource, description }: EventType): JsonSchema {
  return {
    type: 'object',
    description,
    required: ['type', 'timestamp', 'sequence', 'data'],
    properties: {
      type: { type: 'string', const: name, description: 'What happened.' },
      timestamp: { type: 'string', format: 'date-time', description: 'When it happened.' },
      sequence: { type: 'integer', minimum: 1, description: 'Its position in the log: larger is later.' },
      data: schemaReference(resource),
      previous: {
        type: 'object',
        additionalProperties: true,
        description: 'The previous values of the fields that changed.',
      },
      actions: {
        type: 'array',
        description: 'Links that answer the event without a key: `GET` shows a page that asks, `POST` acts, once.',
        items: {
          type: 'object',
          required: ['name', 'title', 'method', 'url', 'expiresAt'],
          properties: {
            name: { type: 'string', description: 'Its name, for programs.', examples: ['done', 'snooze_1w'] },
            title: { type: 'string', description: 'Its title, for people.' },
            method: { type: 'string', const: 'POST' },
            url: { type: 'string', format: 'uri' },
            expiresAt: { type: 'string', format: 'date-time' },
          },
        },
      },
    },
  };
}

export function eventExamples(): Record<string, { value: unknown }> {
  return Object.fromEntries(
    sentEvents().map((event, index) => {
      const { name, resource } = event;
      const value = {
        type: name,
        timestamp: '2026-03-02T10:00:00.000Z',
        sequence: index + 1,
        data: answerExample(resource),
      };
      return [eventSchemaName(event), { value }];
    }),
  );
}

/** Every event as an OpenAPI webhook: what an endpoint receives, and what it should answer. */
export function webhooks(): Record<string, unknown> {
  return Object.fromEntries(sentEvents().map((event) => [event.name, { post: webhook(event) }]));
}

function webhook(event: EventType): object {
  const { name, description } = event;
  const schema = eventSchemaName(event);
  return {
    operationId: name.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary: description,
    description: `Sent at least once to every active endpoint whose \`eventTypes\` include \`${name}\`.`,
    tags: ['Events'],
    security: [],
    parameters: Object.keys(WEBHOOK_PARAMETERS).map((parameter) => ({ $ref: `#/components/parameters/${parameter}` })),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${schema}` },
          examples: { [schema]: { $ref: `#/components/examples/${schema}` } },
        },
      },
    },
    responses: {
      '2XX': {
        description:
          'Received: the delivery is complete. After any status but 2xx, or 15 seconds without an answer, it is retried.',
      },
      '410': { description: 'The endpoint no longer exists: it is disabled, and nothing more is sent to it.' },
    },
  };
}
