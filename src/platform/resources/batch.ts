import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { resourceName } from '../contract/resources.js';
import { Database } from '../database/database.js';
import { problemOf } from '../errors/sqlstate.js';
import { asProblem } from '../errors/problem.filter.js';
import { MOST_DETAILS, Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';
import type { JsonText } from '../projection/json-text.js';
import type { ObjectView } from '../projection/view.js';
import { Preconditions } from '../writes/preconditions.js';
import { notOffered } from './offered.js';
import type { Serves } from './offered.js';

/** One of many changes: exactly one of the three. */
export interface BatchOperation<C extends object = object, U extends object = object> {
  readonly create?: C;
  readonly update?: { readonly id: string; readonly ifVersion?: number | null; readonly set: U };
  readonly delete?: { readonly id: string; readonly ifVersion?: number | null };
}

/** An operation whose input was checked, or why it is refused. */
export type JudgedOperation<C extends object = object, U extends object = object> =
  BatchOperation<C, U> | { readonly refused: Problem };

/** The result of one operation: the HTTP status of a single request, and the resource or the problem. */
interface OperationResult {
  readonly status: number;
  readonly id: string | null;
  readonly resource: JsonText | null;
  readonly problem: (Pick<Problem, 'code' | 'details'> & { readonly detail: string }) | null;
}

/** Many changes of one resource. */
interface Batch<C extends object, U extends object> {
  readonly type: Type<{ id: string }>;
  readonly service: Serves<C, U>;
  readonly operations: readonly JudgedOperation<C, U>[];
  readonly atomic: boolean;
  readonly view: ObjectView;
}

/** Applies many changes of one resource: all of them or none, or each by itself. */
@Injectable()
export class Batches {
  constructor(
    private readonly database: Database,
    private readonly preconditions: Preconditions,
  ) {}

  /** One result for each operation, as both faces show it. */
  async run<C extends object, U extends object>(actor: Actor, batch: Batch<C, U>): Promise<object[]> {
    const results = await (batch.atomic ? this.together(actor, batch) : this.apart(actor, batch));
    const { noun } = resourceName(batch.type);
    return results.map((result) => shownResult(noun, result));
  }

  private together<C extends object, U extends object>(actor: Actor, batch: Batch<C, U>): Promise<OperationResult[]> {
    const operations = allowed(batch.operations);
    return this.database.together(actor, async (within) => {
      const results = new Results(batch.view);
      for (const [index, operation] of operations.entries()) {
        const done = this.carryOut(within, { ...batch, view: results.view }, operation);
        results.add(await done.catch((error: unknown) => refuse(error, index)));
      }
      return results.all;
    });
  }

  private async apart<C extends object, U extends object>(
    actor: Actor,
    batch: Batch<C, U>,
  ): Promise<OperationResult[]> {
    const results = new Results(batch.view);
    for (const operation of batch.operations) {
      if ('refused' in operation) {
        results.add(failed(operation.refused));
        continue;
      }
      const seen = { ...batch, view: results.view };
      const done = this.database.together(actor, (within) => this.carryOut(within, seen, operation));
      results.add(await done.catch(failed));
    }
    return results.all;
  }

  private async carryOut<C extends object, U extends object>(
    actor: Actor,
    { type, service, view }: Batch<C, U>,
    operation: BatchOperation<C, U>,
  ): Promise<OperationResult> {
    const { id, ifVersion } = operation.update ?? operation.delete ?? {};
    if (id && ifVersion) {
      await this.preconditions.check(actor, { type, id }, { match: [ifVersion], noneMatch: null });
    }
    return carryOut(actor, service, operation, view);
  }
}

/** The resources in a batch's answer have so many bytes together; those after them are not shown. */
const LARGEST_ANSWER = 2_097_152;
const ONLY_ID: ObjectView = { fields: [{ key: 'id', name: 'id' }] };

/** The results of a batch. When their resources fill the answer, the others are not even read. */
class Results {
  readonly all: OperationResult[] = [];
  private bytes = 0;

  constructor(private readonly whole: ObjectView) {}

  /** What the next operation reads of its resource. */
  get view(): ObjectView {
    return this.isFull ? ONLY_ID : this.whole;
  }

  add(result: OperationResult): void {
    const shown = this.isFull ? null : result.resource;
    this.bytes += shown ? Buffer.byteLength(shown.text) : 0;
    this.all.push({ ...result, resource: shown });
  }

  private get isFull(): boolean {
    return this.bytes >= LARGEST_ANSWER;
  }
}

/** Every operation, if none is refused. */
function allowed<C extends object, U extends object>(
  operations: readonly JudgedOperation<C, U>[],
): BatchOperation<C, U>[] {
  const refused = operations.flatMap((operation, index) =>
    'refused' in operation ? [{ problem: operation.refused, pointer: `/operations/${index}` }] : [],
  );
  if (refused.length === 0) return operations as BatchOperation<C, U>[];
  const details = refused.flatMap(({ problem, pointer }) => placed(problem, pointer));
  const more = refused.reduce((sum, { problem }) => sum + problem.moreErrors, 0);
  const sentences = details.slice(0, MOST_DETAILS).map(({ detail }) => detail);
  throw new Problem('invalid_input', sentences.join(' '), details, {}, more);
}

function placed({ details }: Problem, pointer: string): ProblemDetail[] {
  return details.map((one) => ({ ...one, pointer: `${pointer}${one.pointer}` }));
}

async function carryOut<C extends object, U extends object>(
  actor: Actor,
  service: Serves<C, U>,
  operation: BatchOperation<C, U>,
  view: ObjectView,
): Promise<OperationResult> {
  if (operation.create) {
    const made = await (service.create?.(actor, operation.create, view) ?? notOffered());
    return { status: 201, id: made.id, resource: made, problem: null };
  }
  if (operation.update) {
    const { id, set } = operation.update;
    const changed = await (service.update?.(actor, id, set, view) ?? notOffered());
    return { status: 200, id, resource: changed, problem: null };
  }
  const id = operation.delete?.id ?? '';
  await (service.remove?.(actor, id) ?? notOffered());
  return { status: 204, id, resource: null, problem: null };
}

function failed(error: unknown): OperationResult {
  const problem = asProblem(problemOf(error));
  if (problem.status >= 500) throw problem;
  const { status, code, message, details } = problem;
  return { status, id: null, resource: null, problem: { code, detail: message, details } };
}

/** The error of one operation as the error of the whole batch; errors that need a retry are passed on unchanged. */
function refuse(error: unknown, index: number): never {
  if (!(error instanceof Problem)) throw error;
  const pointer = `/operations/${index}`;
  const own = placed(error, pointer);
  const details = own.length > 0 ? own : [{ pointer, code: error.code, detail: error.message }];
  const code = error.code === 'not_found' ? 'unknown_reference' : error.code;
  throw new Problem(code, `Operation ${index}: ${error.message} Nothing was changed.`, details, error.headers);
}

/** The result as both faces show it, with the resource under its noun. */
function shownResult(noun: string, { status, id, resource, problem }: OperationResult): object {
  const errors = problem?.details ?? [];
  return { status, id, [noun]: resource, problem: problem && { code: problem.code, detail: problem.detail, errors } };
}
