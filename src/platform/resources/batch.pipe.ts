import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { Slices } from '../clock/slices.js';
import { InputPipe } from '../http/input.pipe.js';
import { Problem } from '../errors/problem.js';
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
    const { operations = value, ...others } = isObject(value) ? value : { operations: value };
    const unknown = Object.keys(others).map((name) => unknownField(`/${name}`, name, 'operations'));
    if (isObject(value) && unknown.length > 0) throw refusalOf(unknown);
    if (!Array.isArray(operations) || operations.length === 0 || operations.length > LARGEST_BATCH) {
      throw Problem.field('/operations', 'isBatch', `operations takes a list of 1 to ${LARGEST_BATCH} changes.`);
    }
    const judged: JudgedOperation[] = [];
    const slices = new Slices();
    for (const operation of operations as unknown[]) {
      judged.push(await this.judged(operation));
      await slices.pause();
    }
    return judged;
  }

  private async judged(given: unknown): Promise<JudgedOperation> {
    const broken: ProblemDetail[] = [];
    const operation = await this.operation(given, broken);
    return broken.length > 0 ? { refused: refusalOf(broken) } : operation;
  }

  private async operation(given: unknown, broken: ProblemDetail[]): Promise<BatchOperation> {
    const offered = VERBS.filter((name) => this.offered[name]);
    const fields = isObject(given) ? given : {};
    const verbs = offered.filter((name) => fields[name] !== null && fields[name] !== undefined);
    const [verb] = verbs;
    for (const name of Object.keys(fields)) {
      if (!offered.includes(name as Verb)) broken.push(unknownField(`/${name}`, name, offered.join(', ')));
    }
    if (!verb || verbs.length > 1) {
      const detail = `Each operation has exactly one of: ${offered.join(', ')}.`;
      broken.push({ pointer: '', code: 'isOperation', detail });
      return {};
    }
    return { [verb]: await this[verb](fields[verb], broken) };
  }

  private create(body: unknown, broken: ProblemDetail[]): Promise<object> {
    return this.shape(this.offered.create, body, '/create', broken);
  }

  private async update(body: unknown, broken: ProblemDetail[]): Promise<object> {
    if (!isObject(body)) return this.shape(DeleteOperation, body, '/update', broken);
    const { set, ...row } = body;
    if (set === undefined || set === null) {
      broken.push({ pointer: '/update/set', code: 'isObject', detail: 'set must be an object: the changes.' });
    }
    const of = await this.shape(DeleteOperation, row, '/update', broken);
    return { ...of, set: await this.shape(this.offered.update, set ?? {}, '/update/set', broken) };
  }

  private delete(body: unknown, broken: ProblemDetail[]): Promise<object> {
    return this.shape(DeleteOperation, body, '/delete', broken);
  }

  private async shape(
    shape: Type | undefined,
    value: unknown,
    pointer: string,
    broken: ProblemDetail[],
  ): Promise<object> {
    const metadata: ArgumentMetadata = { type: 'body', metatype: shape };
    try {
      return (await this.input.transform(value, metadata)) as object;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      broken.push(...error.details.map((one) => ({ ...one, pointer: `${pointer}${one.pointer}` })));
      return {};
    }
  }
}

const MOST_DETAILS = 100;

function refusalOf(broken: readonly ProblemDetail[]): Problem {
  const sentences = broken.map(({ detail }) => detail).join(' ');
  return new Problem('invalid_input', sentences.slice(0, 2_000), broken.slice(0, MOST_DETAILS));
}

function unknownField(pointer: string, name: string, allowed: string): ProblemDetail {
  const detail = `${name.slice(0, 100)} is not a field here. Allowed: ${allowed}.`;
  return { pointer, code: 'unknownField', detail };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
