import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { isLocalDate, parseInstant } from '../../kit/instants.js';
import { isSafeText, normalizeText } from '../../kit/text.js';
import { NestedShape, toNested } from './nested.js';
import type { Recipe } from './recipes.js';

/** Turns a recipe into class-validator rules. Absent is judged by `optional`, null by `nullable`, the rest by kind. */
export function playRules(prototype: object, name: string, recipe: Recipe): void {
  for (const decorate of [...presence(recipe), ...listRules(recipe), ...rulesOfKind(recipe), conversion(recipe)]) {
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

function rulesOfKind(recipe: Recipe): PropertyDecorator[] {
  const each = { each: recipe.list !== null };
  switch (recipe.kind) {
    case 'id':
      return [IsUUID('all', each)];
    case 'text':
    case 'period':
      return textRules(recipe, each);
    case 'integer':
      return [IsInt(each), Min(recipe.min ?? -(2 ** 31), each), Max(recipe.max ?? 2 ** 31 - 1, each)];
    case 'number':
      return [
        IsNumber({ allowInfinity: false, allowNaN: false }, each),
        Min(recipe.min ?? -1e15, each),
        Max(recipe.max ?? 1e15, each),
      ];
    case 'flag':
      return [IsBoolean(each)];
    case 'choice':
      return [IsIn(recipe.choice?.values ?? [], each)];
    case 'instant':
      return [rule('isInstant', 'must be an RFC 3339 instant such as 2026-03-29T09:00:00Z', isDate, each)];
    case 'date':
      return [rule('isLocalDate', 'must be a calendar date, YYYY-MM-DD', isDateText, each)];
    case 'json':
      return [IsObject(each), rule('isSafeJson', 'must hold no U+0000, no lone surrogate', isSafeJson, each)];
    case 'object':
      return [NestedShape(recipe)];
  }
}

function textRules(recipe: Recipe, each: { each: boolean }): PropertyDecorator[] {
  const rules = [
    IsString(each),
    MinLength(recipe.min ?? 1, each),
    MaxLength(recipe.max ?? 64, each),
    rule('isSafeText', 'must be well-formed Unicode without U+0000', isSafe, each),
  ];
  const { pattern, check } = recipe;
  if (pattern) rules.push(Matches(pattern.regexp, { ...each, message: `$property ${pattern.hint}` }));
  if (check) {
    const verdict = (value: unknown): string | null => (typeof value === 'string' ? check(value) : 'must be a text');
    rules.push(
      rule(
        'isAcceptable',
        (value) => verdict(value) ?? '',
        (value) => verdict(value) === null,
        each,
      ),
    );
  }
  return rules;
}

function rule(
  name: string,
  sentence: string | ((value: unknown) => string),
  holds: (value: unknown) => boolean,
  each: { each: boolean },
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

/** Before the rules: texts to NFC, instants to dates; what cannot be converted is left for the rules to refuse. */
function conversion(recipe: Recipe): PropertyDecorator {
  const convert = converterOf(recipe);
  return Transform(
    ({ obj, key }) => {
      const value: unknown = (obj as Record<string, unknown>)[key];
      return Array.isArray(value) && recipe.list ? value.map(convert) : convert(value);
    },
    { toClassOnly: true },
  );
}

function converterOf(recipe: Recipe): (value: unknown) => unknown {
  switch (recipe.kind) {
    case 'text':
      return (value) => (typeof value === 'string' && isSafeText(value) ? normalizeText(value) : value);
    case 'instant':
      return (value) => (typeof value === 'string' ? (parseInstant(value) ?? value) : value);
    case 'object':
      return (value) => toNested(recipe, value);
    default:
      return (value) => value;
  }
}

function isDate(value: unknown): boolean {
  return value instanceof Date;
}

function isDateText(value: unknown): boolean {
  return typeof value === 'string' && isLocalDate(value);
}

function isSafe(value: unknown): boolean {
  return typeof value === 'string' && isSafeText(value);
}

function isSafeJson(value: unknown): boolean {
  if (typeof value === 'string') return isSafeText(value);
  if (Array.isArray(value)) return value.every(isSafeJson);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).every(([key, inner]) => isSafeText(key) && isSafeJson(inner));
  }
  return true;
}
