import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { breathe } from '../../kit/breather.js';
import { shown } from '../../kit/text.js';
import { InputPipe } from '../http/input.pipe.js';
import { MOST_DETAILS, Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';
import type { BatchOperation, JudgedOperation } from './batch.js';
import { DeleteOperation, LARGEST_BATCH } from './batch-shapes.js';
import type { Offered } from './offered.js';

const VERBS = ['create', 'update', 'delete'] as const;
type Verb = (typeof VERBS)[number];
type Fields = Readonly<Record<string, unknown>>;

/** Checks every operation of a batch before any is applied. Each is an operation or its refusal, which names all its invalid fields. */
export class BatchPipe implements PipeTransform<unknown, Promise<JudgedOperation[]>> {
  private readonly input = new InputPipe();
  private readonly offered: Readonly<Record<Verb, Type | undefined>>;

  constructor({ create, update, remove }: Offered) {
    this.offered = { create, update, delete: remove === true ? DeleteOperation : undefined };
  }

  /** REST sends `{"operations": […]}`, GraphQL the list alone. */
  async transform(value: unknown): Promise<JudgedOperation[]> {
    const operations = isObject(value) && 'operations' in value ? value.operations : value;
    const unknown = isObject(value) ? unknownFields(value, ['operations']) : nothing();
    if (unknown.details.length > 0) throw refusalOf(unknown);
    if (!Array.isArray(operations) || operations.length === 0 || operations.length > LARGEST_BATCH) {
      throw Problem.field('/operations', 'isBatch', `operations takes a list of 1 to ${LARGEST_BATCH} changes.`);
    }
    const judged: JudgedOperation[] = [];
    for (const operation of operations as unknown[]) {
      judged.push(await this.judged(operation));
      await breathe();
    }
    return judged;
  }

  private async judged(given: unknown): Promise<JudgedOperation> {
    const offered = VERBS.filter((name) => this.offered[name]);
    const broken = isObject(given) ? unknownFields(given, offered) : nothing();
    const operation = await this.operation(given, offered, broken);
    return broken.details.length > 0 ? { refused: refusalOf(broken) } : operation;
  }

  private async operation(given: unknown, offered: readonly Verb[], broken: Broken): Promise<BatchOperation> {
    const fields = isObject(given) ? given : {};
    const verbs = offered.filter((name) => fields[name] !== null && fields[name] !== undefined);
    const [verb] = verbs;
    if (!verb || verbs.length > 1) {
      const detail = `Each operation has exactly one of: ${offered.join(', ')}.`;
      broken.details.push({ pointer: '', code: 'isOperation', detail });
      return {};
    }
    return { [verb]: await this[verb](fields[verb], broken) };
  }

  private create(body: unknown, broken: Broken): Promise<object> {
    return this.shape(this.offered.create, body, '/create', broken);
  }

  private async update(body: unknown, broken: Broken): Promise<object> {
    if (!isObject(body)) return this.shape(DeleteOperation, body, '/update', broken);
    const { set, ...row } = body;
    if (set === undefined || set === null) {
      broken.details.push({ pointer: '/update/set', code: 'isObject', detail: 'set must be an object: the changes.' });
    }
    const of = await this.shape(DeleteOperation, row, '/update', broken);
    return { ...of, set: await this.shape(this.offered.update, set ?? {}, '/update/set', broken) };
  }

  private delete(body: unknown, broken: Broken): Promise<object> {
    return this.shape(DeleteOperation, body, '/delete', broken);
  }

  private async shape(shape: Type | undefined, value: unknown, pointer: string, broken: Broken): Promise<object> {
    const metadata: ArgumentMetadata = { type: 'body', metatype: shape };
    try {
      return (await this.input.transform(value, metadata)) as object;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      broken.more += error.moreErrors;
      broken.details.push(...error.details.map((one) => ({ ...one, pointer: `${pointer}${one.pointer}` })));
      return {};
    }
  }
}

/** The invalid places of an operation, and how many more were only counted. */
interface Broken {
  readonly details: ProblemDetail[];
  more: number;
}

const nothing = (): Broken => ({ details: [], more: 0 });

function refusalOf({ details, more }: Broken): Problem {
  return new Problem('invalid_input', details.map(({ detail }) => detail).join(' '), details, {}, more);
}

/** The first names that are not allowed, and how many more there are. */
function unknownFields(given: Fields, allowed: readonly string[]): Broken {
  const names = Object.keys(given).filter((name) => !allowed.includes(name));
  const details = names.slice(0, MOST_DETAILS).map((name) => ({
    pointer: `/${shown(name)}`,
    code: 'unknownField',
    detail: `${shown(name)} is not a field here. Allowed: ${allowed.join(', ')}.`,
  }));
  return { details, more: names.length - details.length };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
