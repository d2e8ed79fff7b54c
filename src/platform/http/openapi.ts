import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { about } from '../config/about.js';
import { allResources } from '../contract/resources.js';
import { allComponents, referredTo } from './openapi-components.js';
import { completed } from './openapi-operations.js';
import type { Paths } from './openapi-operations.js';
import { webhooks } from './openapi-webhooks.js';

const introduction = (): string => `${about().lead}

Send your key with every request: \`Authorization: Bearer kith_…\`. Each operation names the scope it needs.

A list answers a page; \`page.endCursor\`, passed as \`after\`, goes on from there. \`fields\` leaves out all other fields, and
\`include\` adds relations, so an answer has all the fields its schema requires only while \`fields\` is not sent.

A refusal is \`application/problem+json\` (RFC 9457); [/problems](/problems) lists every kind and what to do about it.`;

/** What belongs to the platform itself, and to no resource. */
const OWN_TAGS: Readonly<Record<string, string>> = {
  Health: 'Probes: whether the program answers, and whether it can do its work.',
  Changes: 'Every change in the account, in order, for keeping a copy up to date.',
  Hooks: 'Webhooks by the REST hooks protocol, with which Zapier and n8n subscribe.',
  Events: 'What your endpoints receive, signed, when something changes or becomes due.',
};

/** The OpenAPI 3.1 document of a program: paths from its controllers, schemas from the recipes, webhooks from the events. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.1')
    .setTitle('Kith')
    .setDescription(introduction())
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .setContact('The operator of this installation', '', '')
    .addServer('/', 'Where this document is served.')
    .addServer('http://127.0.0.1:3000', 'A program on this machine, with its settings as they come.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Your key: `kith_…`.' }, 'key')
    .addSecurityRequirements('key')
    .build();
  const { components, paths: bare, info, openapi, servers, security } = SwaggerModule.createDocument(app, outline);
  const paths = completed(bare as unknown as Paths);
  const events = webhooks();
  const whole = {
    openapi,
    info: { ...info, contact: { name: info.contact?.name } },
    servers,
    security,
    tags: tags(paths),
    paths,
    webhooks: events,
    components: { ...referredTo(allComponents(), [paths, events]), securitySchemes: components?.securitySchemes },
  };
  return whole as unknown as OpenAPIObject;
}

/** A tag is named after a resource and described as that is. */
function tags(paths: Paths): { name: string; description: string }[] {
  const operations = Object.values(paths).flatMap((verbs) => Object.values(verbs));
  const names = new Set([...operations.flatMap(({ tags = [] }) => tags), 'Events']);
  return [...names].sort().map((name) => ({ name, description: tagDescription(name) }));
}

function tagDescription(name: string): string {
  const word = name.toLowerCase();
  const resource = allResources().find(({ noun, plural }) => [noun, plural].some((own) => own.toLowerCase() === word));
  return OWN_TAGS[name] ?? resource?.description ?? '';
}
