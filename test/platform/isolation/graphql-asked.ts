import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  getNamedType,
  isLeafType,
} from 'graphql';
import type { GraphQLField, GraphQLInputType, GraphQLSchema } from 'graphql';
import { allResources } from '../../../src/platform/contract/resources.js';
import { CANARY, EXTERNAL } from './world.js';
import type { World } from './world.js';

/** An operation of one root field about the owner's rows. */
export interface GraphqlAsked {
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const NOBODY = '01890000-0000-7000-8000-000000000000';
const LEAVES: Readonly<Record<string, unknown>> = {
  String: 'x',
  Int: 1,
  Float: 1,
  Boolean: true,
  Instant: '2027-05-01T09:00:00Z',
  Date: '2027-05-01',
  Duration: 'P1M',
  JSON: {},
};

/** What the ordinary words of the domain look like, so that most of what the owner asks succeeds. */
const WORDS: Readonly<Record<string, unknown>> = {
  timeZone: 'UTC',
  dayStartsAt: '09:00',
  quietFrom: null,
  quietUntil: null,
  quietWeekdays: [],
  phoneRegion: null,
  url: 'https://hooks.example.org/x',
  eventTypes: ['*'],
  eventType: 'contact.created',
  scopes: ['contacts:read'],
  csv: `First Name,Last Name,URL\n${CANARY},B,https://www.linkedin.com/in/b`,
  subjectType: 'contact',
  list: 'contacts',
  rrule: 'FREQ=DAILY',
  birthday: '--12-10',
  emails: ['a@example.org'],
  ...EXTERNAL,
};

/** Every field of both root types, with the owner's ids wherever an id can stand; every input field is filled. */
export function everythingAskedOf(schema: GraphQLSchema, world: World): GraphqlAsked[] {
  return (['query', 'mutation'] as const).flatMap((kind) => {
    const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(root?.getFields() ?? {}).flatMap((field) => operationsOf(kind, field, world));
  });
}

function operationsOf(kind: GraphqlAsked['kind'], field: GraphQLField<unknown, unknown>, world: World): GraphqlAsked[] {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selected = selectionOf(field, 0);
  const text = `${kind}${declared && ` (${declared})`} { ${field.name}${passed && ` (${passed})`} ${selected} }`;
  return argumentsOf(field, world).map((variables) => ({ name: field.name, kind, text, variables }));
}

/** One set of arguments, and one for each branch of a batch. */
function argumentsOf(field: GraphQLField<unknown, unknown>, world: World): Record<string, unknown>[] {
  const plural = pluralOf(field);
  const required = field.args.filter(({ name, type }) => type instanceof GraphQLNonNull || name === 'after');
  const given = Object.fromEntries(
    required.map(({ name, type }) => [
      name,
      name === 'after' ? (world.cursors.get(field.name) ?? null) : valueOf(name, type, plural, world),
    ]),
  );
  if (!Array.isArray(given.operations)) return [given];
  const [whole] = given.operations as [Record<string, unknown>];
  return Object.entries(whole).map(([verb, one]) => ({ ...given, operations: [{ [verb]: one }] }));
}

function valueOf(name: string, type: GraphQLInputType, plural: string, world: World): unknown {
  if (type instanceof GraphQLNonNull) return valueOf(name, type.ofType as GraphQLInputType, plural, world);
  if (name in WORDS) return WORDS[name];
  if (type instanceof GraphQLList) return [valueOf(name, type.ofType as GraphQLInputType, plural, world)];
  if (type instanceof GraphQLEnumType) return type.getValues()[0]?.name;
  if (type instanceof GraphQLInputObjectType) {
    const fields = Object.values(type.getFields()).filter((one) => wanted(one.name, one.type));
    return Object.fromEntries(fields.map((one) => [one.name, valueOf(one.name, one.type, plural, world)]));
  }
  if (getNamedType(type).name === 'ID') return idFor(name, plural, world);
  return LEAVES[getNamedType(type).name];
}

/** What must be there, what can point somewhere, and the branches of a batch. */
function wanted(name: string, type: GraphQLInputType): boolean {
  return (
    type instanceof GraphQLNonNull || /Ids?$/.test(name) || ['subjectType', 'create', 'update', 'delete'].includes(name)
  );
}

function idFor(name: string, plural: string, { ids }: World): string {
  if (name === 'id' || name === 'ids') return ids.get(plural) ?? ids.get('contacts') ?? NOBODY;
  if (['subjectId', 'subject', 'metThroughId'].includes(name)) return ids.get('contacts') ?? NOBODY;
  return ids.get(`${name.replace(/Ids?$/, '')}s`) ?? NOBODY;
}

/** `updateApiKey` and `ApiKeyConnection` are about `keys`, `deleteCalendarFeed` about `calendarFeeds`, `webhookPreview` about `webhooks`. */
function pluralOf(field: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(field.type).name.replace(/(Payload|Connection|BatchResult)$/, '');
  const resources = allResources();
  const mentioned = resources.filter(({ noun }) => field.name.toLowerCase().includes(noun.toLowerCase()));
  const [longest] = mentioned.sort((one, other) => other.noun.length - one.noun.length);
  return (resources.find(({ type }) => type.name === named) ?? longest)?.plural ?? '';
}

function selectionOf(field: GraphQLField<unknown, unknown>, depth: number): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  if (!(type instanceof GraphQLObjectType)) return '{ __typename id }';
  const inner = Object.values(type.getFields()).flatMap((one) => {
    const leaf = isLeafType(getNamedType(one.type));
    if (!leaf && (depth >= 2 || one.args.length > 0)) return [];
    return [`${one.name} ${selectionOf(one, depth + 1)}`];
  });
  return `{ ${inner.length > 0 ? inner.join(' ') : '__typename'} }`;
}
