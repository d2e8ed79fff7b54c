import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { ValidateBy, validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { schemaReference } from '../json-schema.js';
import type { FieldKind, Recipe } from '../recipes.js';
import { STRICT } from '../rules.js';
import { incomparable } from './operand.js';

/** An object with its own shape, stored inside the row. */
export const object: FieldKind = {
  conditionName: () => 'Object',
  operators: {},
  graphqlType: shapeOf,
  jsonSchema: (recipe) => schemaReference(shapeOf(recipe)),
  convert: (value, recipe) => (isPlainObject(value) ? plainToInstance(shapeOf(recipe), value) : value),
  rules: (recipe) => [ofShape(recipe)],
  operand: (_, { pointer }) => incomparable(pointer),
  sqlType: 'text',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: (recipe, nested) => nested(shapeOf(recipe)),
};

/** The class that declares the object's fields. */
export function shapeOf({ shape }: Recipe): Type {
  if (!shape) throw new Error('An object needs its shape.');
  return shape();
}

/**
 * An object, or a list of objects, with its own shape. class-validator's `ValidateNested` accepts an array as
 * an object and a missing value, so both are checked here.
 */
function ofShape(recipe: Recipe): PropertyDecorator {
  return ValidateBy({
    name: 'isShape',
    validator: {
      validate: (value) => brokenParts(recipe, value, '').length === 0,
      defaultMessage: (args) => brokenParts(recipe, args?.value, args?.property ?? '').join('; '),
    },
  });
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
