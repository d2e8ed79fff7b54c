import { isDeepStrictEqual } from 'node:util';
import type { Type } from '@nestjs/common';
import { patchBetween } from '../../kit/merge-patch.js';
import { recipesOf } from '../contract/recipes.js';
import { relationsOf } from '../contract/relations.js';
import { resourceName } from '../contract/resources.js';
import { tableOf } from '../contract/tables.js';
import type { Tx } from '../database/tx.js';
import { Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What changes when an existing resource is sent as if it were new. JSON objects are replaced, not merged. A field that cannot be
 * changed may be sent again with its value, so that the same request can be repeated.
 * @throws Problem `invalid_input` that names every other such field
 */
export async function replacement<U extends object>(
  tx: Tx,
  type: Type<{ id: string }>,
  id: string,
  { update, input }: { readonly update: Type<U>; readonly input: object },
): Promise<U> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const row = (await tx.find(type, id)) as Fields;
  const changes: Record<string, unknown> = {};
  const refused: ProblemDetail[] = [];
  for (const [name, value] of given) {
    if (recipesOf(update).has(name)) changes[name] = newValue(type, name, row, value);
    else if (!(await isUnchanged(tx, type, row, { name, value }))) refused.push(unchangeable(type, name));
  }
  if (refused.length === 0) return changes as U;
  throw new Problem('invalid_input', refused.map(({ detail }) => detail).join(' '), refused);
}

function newValue(type: Type, name: string, row: Fields, value: unknown): unknown {
  return value !== null && recipesOf(type).get(name)?.merges ? patchBetween(row[name], value) : value;
}

/** A property has its value still; a resource that was created with this one has the given values still. */
async function isUnchanged(
  tx: Tx,
  type: Type,
  row: Fields,
  { name, value }: { readonly name: string; readonly value: unknown },
): Promise<boolean> {
  if (value === null) return true;
  if (tableOf(type).columns.has(name)) return isEqual(row[name], value);
  const relation = relationsOf(type).get(name);
  if (!relation || relation.many) return false;
  const where = Object.entries(relation.match).map(([target, source]) => [target, row[source]] as const);
  const [other] = await tx.select<Fields>(relation.to() as Type<Fields>, Object.fromEntries(where));
  return other !== undefined && Object.entries(value as Fields).every(([key, one]) => isEqual(other[key], one));
}

function isEqual(stored: unknown, given: unknown): boolean {
  return given === undefined || isDeepStrictEqual(plain(stored), plain(given));
}

/** As JSON has it: instants as texts, objects without classes. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null)) as unknown;
}

function unchangeable(type: Type, name: string): ProblemDetail {
  const { noun } = resourceName(type);
  const detail = `${name} of an existing ${noun} cannot be changed here: leave it out, or send the value that it has.`;
  return { pointer: `/${name}`, code: 'isUnchangeable', detail };
}
