import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { componentSchemas } from '../contract/json-schema.js';
import { schemaReference } from '../contract/json-schema.js';
import { PROBLEMS } from '../errors/problem.js';
import { allEvents } from '../events/catalogue.js';

const DESCRIPTION = `The headless API for a tech career: contacts, recruiters, interviews and reminders, and signed webhooks when
something is due. Send your key as \`Authorization: Bearer kith_…\`. Refusals are \`application/problem+json\` (RFC 9457).`;

/** The OpenAPI 3.1 document of a program: paths from its controllers, schemas from the recipes, webhooks from the events. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.1')
    .setTitle('Kith')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('http://127.0.0.1:3000', 'On this machine.')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'key')
    .addSecurityRequirements('key')
    .build();
  const { components, ...document } = SwaggerModule.createDocument(app, outline);
  const schemas = { ...componentSchemas(), Page: PAGE, Problem: PROBLEM };
  const whole = { ...document, webhooks: webhooks(), components: { ...components, schemas } };
  return whole as unknown as OpenAPIObject;
}

const PAGE = {
  type: 'object',
  description: 'Where this page ends.',
  required: ['endCursor', 'hasNextPage'],
  properties: {
    endCursor: { type: ['string', 'null'], description: 'Pass it as `after` to go on; null on an empty page.' },
    hasNextPage: { type: 'boolean', description: 'Is there more after this page?' },
    totalCount: { type: 'integer', minimum: 0, description: 'How many rows match in all; only with `total=true`.' },
  },
};

const PROBLEM = {
  type: 'object',
  description: 'A refusal (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Identifies the kind of problem.' },
    title: { type: 'string', description: 'The kind of problem in words.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What is wrong here, and the way out.' },
    instance: { type: 'string', description: 'The path that was asked.' },
    code: { type: 'string', enum: Object.keys(PROBLEMS), description: 'The same code as in GraphQL.' },
    requestId: { type: 'string', description: 'For failures of ours: the id under which the log tells more.' },
    errors: {
      type: 'array',
      description: 'Every broken place of the input.',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: {
            type: 'string',
            description: 'JSON Pointer (RFC 6901) into the body, or the name of a parameter.',
          },
          code: { type: 'string', description: 'The rule that is broken.' },
          detail: { type: 'string', description: 'The rule in words.' },
        },
      },
    },
  },
};

/** Every event as an OpenAPI webhook, with the body an endpoint receives. */
function webhooks(): Record<string, unknown> {
  return Object.fromEntries(
    allEvents().map(({ name, resource, description }) => [
      name,
      {
        post: {
          operationId: name.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase()),
          summary: description,
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['type', 'timestamp', 'sequence', 'data'],
                  properties: {
                    type: { const: name },
                    timestamp: { type: 'string', format: 'date-time' },
                    sequence: { type: 'integer' },
                    data: schemaReference(resource),
                    previous: { type: 'object', additionalProperties: true },
                  },
                },
              },
            },
          },
          responses: { '2XX': { description: 'Received.' } },
        },
      },
    ]),
  );
}
