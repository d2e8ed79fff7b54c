import { answerExample, inputExample } from '../contract/examples.js';
import { componentSchemas, declaredShapes, pageSchemas } from '../contract/json-schema.js';
import type { JsonSchema } from '../contract/recipes.js';
import { MOST_DETAILS, allProblems } from '../errors/problem.js';
import { PARAMETERS } from './openapi-parameters.js';
import { headerComponents, refusalResponses } from './openapi-refusals.js';
import { WEBHOOK_PARAMETERS, eventExamples, eventSchemas } from './openapi-webhooks.js';

const SECTIONS = ['schemas', 'responses', 'parameters', 'examples', 'headers'] as const;

type Components = Record<(typeof SECTIONS)[number], Record<string, unknown>>;

/** Everything that a program's document can refer to. */
export function allComponents(): Components {
  return {
    schemas: { ...componentSchemas(), ...pageSchemas(), ...eventSchemas(), Page: PAGE, Problem: problemSchema() },
    responses: refusalResponses(),
    parameters: { ...PARAMETERS, ...WEBHOOK_PARAMETERS },
    examples: { ...shapeExamples(), ...pageExamples(), ...eventExamples() },
    headers: headerComponents(),
  };
}

/** Only components that are referenced, directly or indirectly: some shapes are used only by GraphQL. */
export function referredTo(components: Components, roots: readonly unknown[]): Components {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, section, name] of JSON.stringify(part ?? null).matchAll(/"#\/components\/(\w+)\/([\w.-]+)"/g)) {
      const key = `${section}/${name}`;
      if (found.has(key)) continue;
      found.add(key);
      visit(components[section as keyof Components]?.[name ?? '']);
    }
  };
  roots.forEach(visit);
  const kept = SECTIONS.map((section) => [
    section,
    Object.fromEntries(Object.entries(components[section]).filter(([name]) => found.has(`${section}/${name}`))),
  ]);
  return Object.fromEntries(kept) as Components;
}

function shapeExamples(): Record<string, { value: unknown }> {
  return Object.fromEntries(
    declaredShapes().map(([name, { type, direction }]) => [
      name,
      { value: direction === 'out' ? answerExample(type) : inputExample(type) },
    ]),
  );
}

function pageExamples(): Record<string, { value: unknown }> {
  const shapes = new Map(declaredShapes());
  return Object.fromEntries(
    Object.keys(pageSchemas()).map((name) => {
      const type = shapes.get(name.replace(/Page$/, ''))?.type;
      const page = { endCursor: 'eyJ2IjpbIjAxOTc3ZjJlIl19', hasNextPage: true };
      return [name, { value: { data: type ? [answerExample(type)] : [], page } }];
    }),
  );
}

const PAGE: JsonSchema = {
  type: 'object',
  description: 'Where this page ends.',
  required: ['endCursor', 'hasNextPage'],
  properties: {
    endCursor: {
      type: ['string', 'null'],
      description: 'Pass it as `after` to read the next page; null on an empty page.',
    },
    hasNextPage: { type: 'boolean', description: 'Whether there are rows after this page.' },
    totalCount: {
      type: 'integer',
      minimum: 0,
      description: 'The number of all matching rows; only with `total=true`.',
    },
  },
};

/** What a refusal names. */
const PLACES: JsonSchema = {
  type: 'array',
  description: 'The invalid places of the input: all of them, or the first 20.',
  maxItems: MOST_DETAILS,
  items: {
    type: 'object',
    required: ['pointer', 'code', 'detail'],
    properties: {
      pointer: { type: 'string', description: 'JSON Pointer (RFC 6901) into the body, or the name of a parameter.' },
      code: { type: 'string', description: 'The rule that was violated.' },
      detail: { type: 'string', description: 'The rule in words.' },
    },
  },
};

/** Read when the document is generated, because every feature has declared its codes by then. */
const problemSchema = (): JsonSchema => ({
  type: 'object',
  description: 'An error (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: {
      type: 'string',
      format: 'uri',
      description: 'Identifies the kind of problem: `urn:kith:problem:` and the code.',
    },
    title: { type: 'string', description: 'The kind of problem in words.' },
    status: { type: 'integer', minimum: 400, maximum: 599, description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What is wrong in this case, and how to correct it.' },
    instance: { type: 'string', description: 'The path of the request.' },
    code: { type: 'string', enum: allProblems().map(([code]) => code), description: 'The same code as in GraphQL.' },
    moreErrors: {
      type: 'integer',
      minimum: 1,
      description: 'How many invalid places there are besides those in `errors`; absent if there are no more.',
    },
    requestId: {
      type: 'string',
      description: 'For failures of the program: the id of the request, which the log repeats.',
    },
    errors: PLACES,
  },
});
