import { UseInterceptors } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiQuery, ApiResponse } from '@nestjs/swagger';
import {
  filterableFields,
  operatorsOf,
  scanNote,
  searchableFields,
  sortNote,
  sortableFields,
} from '../contract/filters.js';
import { operatorMeaning } from '../contract/operators.js';
import { DEFAULT_PAGE, LARGEST_PAGE, SAVED_MEANING, TRASH_MEANING, searchMeaning } from '../contract/pages.js';
import { resourceName } from '../contract/resources.js';
import { SavedFilterInterceptor } from './saved-filters/saved-filter.interceptor.js';

/** The parameters of a page, for the contract. */
export function pageParameters(type: Type): MethodDecorator[] {
  return [...placeParameters(), ...rowsParameters(type)];
}

/** Those that choose rows and their order, for an answer that has all of them. */
export function rowsParameters(type: Type): MethodDecorator[] {
  const sorts = sortableFields(type).flatMap((name) => [name, `-${name}`]);
  return [
    words('sort', `The order; ties are broken by id.${sortNote(type)}`, sorts),
    ...(searchableFields(type).length > 0 ? [text('q', searchMeaning(type))] : []),
    ...(resourceName(type).restorable ? [flag('trash', TRASH_MEANING)] : []),
    ...filterParameters(type),
  ];
}

/** Those of a ranked list, which has an order of its own. */
export function rankedParameters(type: Type): MethodDecorator[] {
  return [...placeParameters(), ...filterParameters(type)];
}

function placeParameters(): MethodDecorator[] {
  const first = { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE } as const;
  return [
    ApiQuery({ name: 'first', required: false, description: 'The number of rows.', schema: first }),
    text('after', 'The `endCursor` of the previous page.'),
    flag('total', 'Whether to count all matching rows.'),
  ];
}

function filterParameters(type: Type): MethodDecorator[] {
  return [...savedParameter(), ...conditionParameters(type)];
}

/** It names a row, which may not be there or not fit. */
function savedParameter(): MethodDecorator[] {
  const schema = { type: 'string', format: 'uuid' } as const;
  return [
    UseInterceptors(SavedFilterInterceptor),
    ApiQuery({ name: 'savedFilter', required: false, description: SAVED_MEANING, schema }),
    ApiResponse({ status: 422 }),
  ];
}

function conditionParameters(type: Type): MethodDecorator[] {
  return [...filterableFields(type)].flatMap(([name, recipe]) =>
    Object.entries(operatorsOf(recipe)).map(([operator, form]) => {
      const meaning = recipe.condition ? `${recipe.description} ` : '';
      const description = `\`${name}\`: ${meaning}${operatorMeaning(operator)}${scanNote(recipe)}`;
      const parameter = `filter[${name}][${operator}]`;
      return form === 'many' || form === 'pair' ? several(parameter, description) : text(parameter, description);
    }),
  );
}

/** The parameter is repeated, because a value may contain a comma. */
function several(name: string, description: string): MethodDecorator {
  const schema = { type: 'array' as const, items: { type: 'string' as const } };
  return ApiQuery({ name, required: false, description, style: 'form', explode: true, schema });
}

function words(name: string, description: string, allowed: readonly string[]): MethodDecorator {
  const schema = { type: 'array' as const, items: { type: 'string' as const, enum: [...allowed] } };
  return ApiQuery({ name, required: false, description, style: 'form', explode: false, schema });
}

function flag(name: string, description: string): MethodDecorator {
  return ApiQuery({ name, required: false, description, schema: { type: 'boolean' } });
}

function text(name: string, description: string): MethodDecorator {
  return ApiQuery({ name, required: false, description, schema: { type: 'string' } });
}
