import { ID } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { isId } from '../../../kit/ids.js';
import { EQUALITY } from '../operators.js';
import type { FieldKind } from '../recipes.js';
import { acceptedText } from './operand.js';

/** The identity of a row, or a link to one: a UUID (RFC 9562). */
export const id: FieldKind = {
  conditionName: () => 'Id',
  operators: EQUALITY,
  graphqlType: () => ID,
  jsonSchema: () => ({ type: 'string', format: 'uuid' }),
  // In lower case, as PostgreSQL and events write it: texts are compared as they are.
  convert: (value) => (typeof value === 'string' && isId(value) ? value.toLowerCase() : value),
  rules: (_, each) => [IsUUID('all', each)],
  operand: (given, { pointer }) => acceptedText(given, pointer, 'a UUID', (value) => isId(value)).toLowerCase(),
  sqlType: 'uuid',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: () => '01977f2e-6c00-7000-8000-0123456789ab',
};
