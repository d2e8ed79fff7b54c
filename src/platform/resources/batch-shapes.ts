import type { Type } from '@nestjs/common';
import { answerExample, inputExample } from '../contract/examples.js';
import { Id, Integer, Nested, Text } from '../contract/fields.js';
import { namedClass } from '../contract/filters.js';
import { resourceName } from '../contract/resources.js';
import { MOST_DETAILS } from '../errors/problem.js';
import { Input, Shape } from '../contract/shapes.js';
import type { Offered } from './offered.js';

/** How many operations a batch holds at most. */
export const LARGEST_BATCH = 1_000;

/** The shapes of a resource's batch, derived from its operations. */
export interface BatchShapes {
  /** One operation, as it is sent. */
  readonly operation: Type;
  /** REST's body: the list of them. */
  readonly body: Type;
  /** The result of one operation. */
  readonly result: Type;
  /** REST's answer: the list of the results. */
  readonly answer: Type;
}

@Shape('One invalid place of an operation.')
class BrokenRule {
  @Text({ max: 200, min: 0, description: 'The place: a JSON Pointer (RFC 6901) into the input.' })
  pointer!: string;

  @Text({ max: 100, description: 'The rule that was violated.' })
  code!: string;

  @Text({ max: 1_000, description: 'The rule in words.' })
  detail!: string;
}

@Shape('Why an operation failed.')
class Refusal {
  @Text({ max: 100, description: "The problem's code." })
  code!: string;

  @Text({ max: 2_100, description: 'What is wrong, and how to correct it.' })
  detail!: string;

  @Nested(() => BrokenRule, { list: MOST_DETAILS, description: 'The first 20 invalid places.' })
  errors!: BrokenRule[];
}

const VERSION = {
  nullable: true,
  min: 1,
  max: 2 ** 31 - 1,
  description: 'Fail with `precondition_failed` unless the resource still has this version.',
};

@Input('A deletion.')
export class DeleteOperation {
  @Id({ description: 'The id of the resource.' })
  id!: string;

  @Integer(VERSION)
  ifVersion?: number | null;
}

const known = new Map<Type, BatchShapes>();

export function batchShapesOf(type: Type, offered: Offered): BatchShapes {
  const made = known.get(type) ?? makeShapes(type, offered);
  known.set(type, made);
  return made;
}

function makeShapes(type: Type, { create, update, remove }: Offered): BatchShapes {
  const { noun, plural } = resourceName(type);
  const operation = namedClass(`${type.name}Operation`);
  const proto = operation.prototype as object;
  if (create) {
    const example = inputExample(create);
    Nested(() => create, { nullable: true, description: `Create a ${noun}.`, example })(proto, 'create');
  }
  if (update) {
    const change = changeShape(type, update);
    Nested(() => change, { nullable: true, description: `Change a ${noun}.` })(proto, 'update');
  }
  if (remove) Nested(() => DeleteOperation, { nullable: true, description: `Delete a ${noun}.` })(proto, 'delete');
  Input(`One operation on ${plural}: give exactly one of the fields.`)(operation);
  const result = resultShape(type);
  return { operation, result, body: bodyShape(type, operation), answer: answerShape(type, result) };
}

function changeShape(type: Type, update: Type): Type {
  const change = namedClass(`${type.name}Change`);
  const proto = change.prototype as object;
  Id({ description: 'The id of the resource.' })(proto, 'id');
  Integer(VERSION)(proto, 'ifVersion');
  Nested(() => update, { description: 'The changes: absent fields keep their value, null clears.' })(proto, 'set');
  Input(`A change of one ${resourceName(type).noun}.`)(change);
  return change;
}

function bodyShape(type: Type, operation: Type): Type {
  const body = namedClass(`${type.name}Batch`);
  Nested(() => operation, { list: LARGEST_BATCH, description: 'The operations, applied in this order.' })(
    body.prototype as object,
    'operations',
  );
  Input(`Up to ${LARGEST_BATCH} changes of ${resourceName(type).plural}.`)(body);
  return body;
}

const SHOWN =
  'The resource, after the change. Null if it failed or was deleted, if the resources before it fill 2 MB, or if this repeats an answer that was too large to be kept: then read it by its id.';

function resultShape(type: Type): Type {
  const { noun } = resourceName(type);
  const result = namedClass(`${type.name}BatchResult`);
  const proto = result.prototype as object;
  Integer({ min: 200, max: 599, description: 'The HTTP status that a single request would have had.' })(
    proto,
    'status',
  );
  Id({ nullable: true, description: 'The id of the resource; null if the operation failed.' })(proto, 'id');
  const example = answerExample(type);
  Nested(() => type, { nullable: true, description: SHOWN, example })(proto, noun);
  Nested(() => Refusal, { nullable: true, description: 'Why it failed; null if it succeeded.' })(proto, 'problem');
  Shape('The result of one operation of a batch.')(result);
  return result;
}

function answerShape(type: Type, result: Type): Type {
  const answer = namedClass(`${type.name}BatchAnswer`);
  Nested(() => result, { list: LARGEST_BATCH, description: 'One result for each operation, in order.' })(
    answer.prototype as object,
    'data',
  );
  Shape('The results of a batch.')(answer);
  return answer;
}
