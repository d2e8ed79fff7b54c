import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata, Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { STRICT } from '../contract/rules.js';
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
      exceptionFactory: (errors) => inputProblem(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const judged = metadata.type === 'body' && this.isShape(metadata);
    if (!judged) return super.transform(value, metadata);
    if (value === undefined || value === null) return super.transform({}, metadata);
    if (typeof value !== 'object' || Array.isArray(value))
      throw Problem.field('', 'isObject', 'The body must be one JSON object.');
    return super.transform(value, metadata);
  }

  private isShape({ metatype }: ArgumentMetadata): boolean {
    return typeof metatype === 'function' && !SHAPELESS.has(metatype);
  }
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

function inputProblem(errors: readonly ValidationError[]): Problem {
  const details = errors.flatMap((error) => detailsOf(error, ''));
  return new Problem('invalid_input', details.map(({ detail }) => detail).join(' '), details);
}

function detailsOf(error: ValidationError, above: string): ProblemDetail[] {
  const pointer = `${above}/${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([code, detail]) =>
    code === 'whitelistValidation' ? unknownField(pointer, error) : { pointer, code, detail: `${detail}.` },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => detailsOf(child, pointer))];
}

function unknownField(pointer: string, { property, target }: ValidationError): ProblemDetail {
  const allowed = target ? [...recipesOf(target.constructor as never).keys()].join(', ') : '';
  const detail = `${property.slice(0, 100)} is not a field here. ${allowed ? `Allowed: ${allowed}.` : 'No fields are allowed.'}`;
  return { pointer, code: 'unknownField', detail };
}
