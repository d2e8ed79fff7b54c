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
      validate: (value) => brokenParts(recipe, value).length === 0,
      defaultMessage: (args) => brokenParts(recipe, args?.value).join('; '),
    },
  });
}

export function toNested(recipe: Recipe, value: unknown): unknown {
  return isPlainObject(value) && recipe.shape ? plainToInstance(recipe.shape(), value) : value;
}

function brokenParts(recipe: Recipe, value: unknown): string[] {
  if (recipe.list) {
    return Array.isArray(value) ? value.flatMap((item) => brokenObject(item)) : ['must be a list of objects'];
  }
  return brokenObject(value);
}

function brokenObject(value: unknown): string[] {
  if (!isPlainObject(value)) return ['must be an object'];
  return validateSync(value, STRICT).flatMap(sentences);
}

function sentences(error: ValidationError): string[] {
  return Object.values(error.constraints ?? {}).concat((error.children ?? []).flatMap(sentences));
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
