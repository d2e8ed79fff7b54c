import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { isId } from '../../kit/ids.js';
import { InputPipe } from '../http/input.pipe.js';
import { Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';
import type { BatchOperation } from './batch.js';
import { LARGEST_BATCH } from './batch-shapes.js';
import type { Offered } from './offered.js';

const VERBS = ['create', 'update', 'delete'] as const;

/** Checks every operation of a batch before any is applied, and names all invalid fields at once. */
export class BatchPipe implements PipeTransform<unknown, Promise<BatchOperation[]>> {
  private readonly input = new InputPipe();
  private readonly offered: Readonly<Record<string, Type | true | undefined>>;

  constructor({ create, update, remove }: Offered) {
    this.offered = { create, update, delete: remove === true ? true : undefined };
  }

  /** REST sends `{"operations": […]}`, GraphQL the list alone. */
  async transform(value: unknown): Promise<BatchOperation[]> {
    const given = isObject(value) && Object.keys(value).join() === 'operations' ? value.operations : value;
    if (!Array.isArray(given) || given.length === 0 || given.length > LARGEST_BATCH) {
      throw Problem.field('/operations', 'isBatch', `operations takes a list of 1 to ${LARGEST_BATCH} changes.`);
    }
    const broken: ProblemDetail[] = [];
    const judged: BatchOperation[] = [];
    for (const [index, operation] of given.entries()) {
      judged.push(await this.operation(operation, `/operations/${index}`, broken));
    }
    if (broken.length === 0) return judged;
    throw new Problem(
      'invalid_input',
      broken
        .map(({ detail }) => detail)
        .join(' ')
        .slice(0, 2_000),
      broken.slice(0, 100),
    );
  }

  private async operation(given: unknown, pointer: string, broken: ProblemDetail[]): Promise<BatchOperation> {
    const said = isObject(given)
      ? Object.entries(given).filter(([, value]) => value !== null && value !== undefined)
      : [];
    const [verb, body] = said[0] ?? [];
    if (said.length !== 1 || !verb || !this.offered[verb]) {
      const allowed = VERBS.filter((name) => this.offered[name]).join(', ');
      broken.push({ pointer, code: 'isOperation', detail: `Each operation has exactly one of: ${allowed}.` });
      return {};
    }
    if (verb === 'create') return { create: await this.shape(verb, body, `${pointer}/create`, broken) };
    const { id, ...rest } = isObject(body) ? body : { id: null };
    if (typeof id !== 'string' || !isId(id)) {
      broken.push({ pointer: `${pointer}/${verb}/id`, code: 'isUuid', detail: 'id must be a UUID.' });
    }
    if (verb === 'delete') return { delete: { id: String(id).toLowerCase() } };
    const set = await this.shape(verb, rest.set, `${pointer}/update/set`, broken);
    return { update: { id: String(id).toLowerCase(), set } };
  }

  private async shape(verb: string, value: unknown, pointer: string, broken: ProblemDetail[]): Promise<object> {
    const metadata: ArgumentMetadata = { type: 'body', metatype: this.offered[verb] as Type };
    try {
      return (await this.input.transform(value ?? null, metadata)) as object;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      broken.push(...error.details.map((one) => ({ ...one, pointer: `${pointer}${one.pointer}` })));
      return {};
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
