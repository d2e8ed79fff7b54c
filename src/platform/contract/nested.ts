import { plainToInstance } from 'class-transformer';
import { ValidateBy, validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import type { Recipe } from './recipes.js';

/** The options under which every shape is judged, nested or not. */
export const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

/**
 * An object, or a list of objects, of a shape of its own. class-validator's own nesting takes an array for
 * an object and passes when the value is missing, so both are checked here.
 */
export function NestedShape(recipe: Recipe): PropertyDecorator {
  return ValidateBy({
    name: 'isShape',
    validator: {
      validate: (value) => brokenParts(recipe, value, '').length === 0,
      defaultMessage: (args) => brokenParts(recipe, args?.value, args?.property ?? '').join('; '),
    },
  });
}

export function toNested(recipe: Recipe, value: unknown): unknown {
  return isPlainObject(value) && recipe.shape ? plainToInstance(recipe.shape(), value) : value;
}

function brokenParts(recipe: Recipe, value: unknown, name: string): string[] {
  if (!recipe.list) return brokenObject(value, name);
  if (!Array.isArray(value)) return [`${name} must be a list of objects`];
  return value.flatMap((item, index) => brokenObject(item, `${name}[${index}]`));
}

function brokenObject(value: unknown, name: string): string[] {
  if (!isPlainObject(value)) return [`${name} must be an object`];
  return validateSync(value, { ...STRICT, stopAtFirstError: true }).flatMap((error) => sentences(error, name));
}

function sentences(error: ValidationError, name: string): string[] {
  return Object.values(error.constraints ?? {}).map((sentence) => `${name}.${sentence}`);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
