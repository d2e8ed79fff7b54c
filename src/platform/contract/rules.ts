import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, ValidateBy, ValidateIf } from 'class-validator';
import type { Each, Recipe } from './recipes.js';

/** The options with which every shape is checked, nested or not. */
export const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

/** Turns a recipe into class-validator rules. `optional` decides about absent values, `nullable` about null, and the kind about the rest. */
export function playRules(prototype: object, name: string, recipe: Recipe): void {
  const rules = recipe.kind.rules(recipe, { each: recipe.list !== null });
  for (const decorate of [...presence(recipe), ...listRules(recipe), ...rules, conversion(recipe)]) {
    decorate(prototype, name);
  }
}

function presence(recipe: Recipe): PropertyDecorator[] {
  if (recipe.nullable && recipe.optional) return [ValidateIf((_, value) => value !== undefined && value !== null)];
  if (recipe.nullable) return [ValidateIf((_, value) => value !== null)];
  if (recipe.optional) return [ValidateIf((_, value) => value !== undefined)];
  return [];
}

function listRules(recipe: Recipe): PropertyDecorator[] {
  return recipe.list ? [IsArray(), ArrayMaxSize(recipe.list.max)] : [];
}

function conversion(recipe: Recipe): PropertyDecorator {
  const convert = (value: unknown): unknown => recipe.kind.convert(value, recipe);
  return Transform(
    ({ obj, key }) => {
      const value: unknown = (obj as Record<string, unknown>)[key];
      if (!Array.isArray(value) || !recipe.list) return convert(value);
      const values = value.map(convert);
      return recipe.kind.distinct ? [...new Set(values)] : values;
    },
    { toClassOnly: true },
  );
}

/** A rule that class-validator does not have. For a list, the message is about the first value that violates it. */
export function rule(
  name: string,
  sentence: string | ((value: unknown) => string),
  holds: (value: unknown) => boolean,
  each: Each,
): PropertyDecorator {
  const broken = (value: unknown): string => {
    const culprit: unknown = Array.isArray(value) ? value.find((item) => !holds(item)) : value;
    return typeof sentence === 'string' ? sentence : sentence(culprit);
  };
  const prefix = each.each ? 'each value in ' : '';
  return ValidateBy(
    {
      name,
      validator: { validate: holds, defaultMessage: (args) => `${prefix}${args?.property} ${broken(args?.value)}` },
    },
    each,
  );
}
