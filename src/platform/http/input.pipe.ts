import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata, Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { STRICT } from '../contract/rules.js';
import { pruned, unknownField } from '../contract/pruning.js';
import { recipesOf } from '../contract/recipes.js';
import { Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';

/** The parameter classes that are not shapes: a text, a flag, a list. */
const SHAPELESS: ReadonlySet<unknown> = new Set([String, Number, Boolean, Object, Array]);

/** Checks every input of both faces against its shape, and names all invalid fields at once. */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      ...STRICT,
      transform: true,
      stopAtFirstError: true,
      validationError: { target: true, value: false },
      exceptionFactory: (errors) => inputProblem(errors.flatMap((error) => detailsOf(error, ''))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype } = metadata;
    if (!isShape(metatype)) return super.transform(value, metadata);
    if (metadata.type !== 'body') return this.judged(value, metatype, metadata);
    if (value === undefined || value === null) return super.transform({}, metadata);
    if (typeof value !== 'object' || Array.isArray(value))
      throw Problem.field('', 'isObject', 'The body must be one JSON object.');
    return this.judged(value, metatype, metadata);
  }

  /** What is beyond all bounds is taken off before anything is copied or checked. */
  private async judged(given: unknown, shape: Type, metadata: ArgumentMetadata): Promise<unknown> {
    const { value, dropped, broken } = pruned(shape, given);
    if (broken.length === 0 && dropped === 0) return super.transform(value, metadata);
    const others = await super.transform(value, metadata).then(() => [], detailsIn);
    throw inputProblem([...others, ...broken], dropped);
  }
}

/** Whether a parameter is declared with a class that has fields of its own. */
function isShape(metatype: unknown): metatype is Type {
  return typeof metatype === 'function' && !SHAPELESS.has(metatype) && recipesOf(metatype as Type).size > 0;
}

function detailsIn(error: unknown): readonly ProblemDetail[] {
  if (error instanceof Problem) return error.details;
  throw error;
}

/** Checks against a given shape, for methods whose parameter type is generic and so not a class. */
export class ShapePipe extends InputPipe {
  constructor(private readonly shape: Type | undefined) {
    super();
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(value, { ...metadata, metatype: this.shape });
  }
}

function inputProblem(details: readonly ProblemDetail[], more = 0): Problem {
  return new Problem('invalid_input', details.map(({ detail }) => detail).join(' '), details, {}, more);
}

function detailsOf(error: ValidationError, above: string): ProblemDetail[] {
  const pointer = `${above}/${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([code, detail]) =>
    code === 'whitelistValidation' ? ofNoField(error, above) : { pointer, code, detail: `${detail}.` },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => detailsOf(child, pointer))];
}

function ofNoField({ property, target }: ValidationError, above: string): ProblemDetail {
  return unknownField((target ?? {}).constructor as Type, property, above);
}
