import { isDuration } from '../../../kit/periods.js';
import { parseInstant } from '../../../kit/instants.js';
import { Problem } from '../../errors/problem.js';
import { ORDER, SIGNS } from '../operators.js';
import type { FieldKind, OperandPlace } from '../recipes.js';
import { rule } from '../rules.js';
import { textScalar } from '../scalars.js';

export const InstantScalar = textScalar(
  'Instant',
  'A point in time: RFC 3339, answered in UTC with milliseconds.',
  'https://www.rfc-editor.org/rfc/rfc3339',
);

/** A point in time: RFC 3339, answered in UTC with milliseconds; PostgreSQL keeps microseconds. */
export const instant: FieldKind = {
  conditionName: () => 'Instant',
  operators: ORDER,
  graphqlType: () => InstantScalar,
  jsonSchema: () => ({ type: 'string', format: 'date-time' }),
  convert: (value) => (typeof value === 'string' ? (parseInstant(value) ?? value) : value),
  rules: (_, each) => [rule('isInstant', 'must be an RFC 3339 instant such as 2026-03-29T09:00:00Z', isDate, each)],
  operand: instantOperand,
  sqlType: 'timestamptz',
  shownSql: (value) => utcSql(value, 'MS'),
  cursorSql: (value) => utcSql(value, 'US'),
  example: () => '2026-03-02T10:00:00.000Z',
};

function utcSql(value: string, fraction: 'MS' | 'US'): string {
  return `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.${fraction}"Z"')`;
}

function isDate(value: unknown): boolean {
  return value instanceof Date;
}

const SPANS: Readonly<Record<string, string>> = { today: 'day', thisWeek: 'week', thisQuarter: 'quarter' };

function instantOperand(given: unknown, { operator, pointer }: OperandPlace): Date | RelativeInstant {
  if (typeof given === 'string' && isRelative(operator, given)) return new RelativeInstant(operator, given);
  const parsed = typeof given === 'string' ? parseInstant(given) : null;
  if (parsed) return parsed;
  throw Problem.field(
    pointer,
    'isInstant',
    `${pointer} must be an RFC 3339 instant, a duration from now such as P7D or -P30D, or with eq: today, thisWeek, thisQuarter.`,
  );
}

function isRelative(operator: string, given: string): boolean {
  if (operator === 'eq') return Object.hasOwn(SPANS, given);
  return Object.hasOwn(SIGNS, operator) && isDuration(given.replace(/^-/, ''));
}

/** The part of a statement under construction that can bind values. */
interface Statement {
  readonly constant: (value: unknown, type: string) => string;
  readonly now: () => string;
  readonly timeZone: () => string;
}

/** An instant relative to now: `P7D`, `-P30D`, or a calendar span such as `today`. The current time is known only when the statement runs. */
export class RelativeInstant {
  constructor(
    private readonly operator: string,
    private readonly words: string,
  ) {}

  conditionSql(value: string, statement: Statement): string {
    const span = SPANS[this.words];
    if (span) return withinSpan(value, span, statement);
    const sign = this.words.startsWith('-') ? '-' : '+';
    const duration = statement.constant(this.words.replace(/^-/, ''), 'interval');
    return `${value} ${SIGNS[this.operator] ?? '='} ${statement.now()} ${sign} ${duration}`;
  }
}

/** A day, a week (from Monday) or a quarter in the account's time zone. */
function withinSpan(value: string, span: string, statement: Statement): string {
  const zone = statement.timeZone();
  const start = `date_trunc('${span}', ${statement.now()} at time zone ${zone})`;
  const length = span === 'quarter' ? '3 months' : `1 ${span}`;
  return `(${value} >= ${start} at time zone ${zone} and ${value} < (${start} + interval '${length}') at time zone ${zone})`;
}
