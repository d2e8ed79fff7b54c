import type { Type } from '@nestjs/common';
import { isPeriod, isDuration } from '../../kit/periods.js';
import { choice } from './kinds/choice.js';
import { date } from './kinds/date.js';
import { flag } from './kinds/flag.js';
import { id } from './kinds/id.js';
import { instant } from './kinds/instant.js';
import { integer } from './kinds/integer.js';
import { json } from './kinds/json.js';
import { label } from './kinds/label.js';
import { number } from './kinds/number.js';
import { object } from './kinds/object.js';
import { period } from './kinds/period.js';
import { text } from './kinds/text.js';
import { record } from './recipes.js';
import { isSupportedZone } from './time-zones.js';
import type { Computed, FieldKind, KeptKey, KeptKeys, Recipe } from './recipes.js';

interface Common {
  readonly description: string;
  readonly nullable?: boolean;
  /** The table has a default for it, which applies when a caller leaves it out. */
  readonly defaulted?: boolean;
  /** Whether lists can be filtered by it: `scan` when no index helps, `rare` when each value of the list occurs in few rows. */
  readonly filter?: boolean | 'scan' | 'rare';
  /** Whether lists can be sorted by it: `scan` when no index helps. */
  readonly sort?: boolean | 'scan';
  readonly example?: unknown;
  readonly computed?: Computed;
  /** Whether it is shown only to whoever names it, in `fields` or `include`, or selects it. */
  readonly asked?: boolean;
  /** A list of values, with at most this number of them. */
  readonly list?: number;
}

interface TextRules extends Common {
  /** Longest accepted text, in UTF-16 code units. */
  readonly max: number;
  /** Shortest accepted text; default 1, so that an empty string is not a value. */
  readonly min?: number;
  readonly pattern?: { readonly regexp: RegExp; readonly hint: string };
  readonly check?: (value: string) => string | null;
  /**
   * Whether `q`, the full-text search, searches it. The table then needs an index over all such fields, and a second one over those
   * with `name`: what people call the row, which ranks the rows and is found when it is misspelt.
   */
  readonly search?: boolean | 'name';
  /** Whether filters compare it without case. The table's index is then over `lower(…)`, or `lower_all(…)` of a list. */
  readonly caseless?: boolean;
  /** The property that keeps what it is compared by. It has no field decorator, and is written with the text. */
  readonly key?: KeptKey;
  /** The properties that keep what the texts of a list are compared by. They are written with the list, by nobody else. */
  readonly keys?: KeptKeys;
}

interface PeriodRules extends Common {
  /** The longest accepted period; `P20Y` unless given. */
  readonly longest?: string;
}

interface JsonRules extends Common {
  /** Whether a change is merged into it (RFC 7396) instead of replacing it. */
  readonly merges?: boolean;
  /** The property with the noun of the resource that it is a copy of. It is shown only to those who may read that resource. */
  readonly copyOf?: string;
}

interface NumberRules extends Common {
  readonly min: number;
  readonly max: number;
}

interface ChoiceRules extends Common {
  /** The name of the enumeration in both contracts. */
  readonly name: string;
  readonly values: readonly string[];
}

/** The identity of a row, or a link to one: a UUID (RFC 9562). */
export const Id = (rules: Common): PropertyDecorator => field(id, rules);

/** A text in Unicode Normalization Form C, without U+0000. */
export const Text = (rules: TextRules): PropertyDecorator => textual(text, rules);

/** A text by which rows are grouped: without white space around it, and with one space inside. A list has each once. */
export const Label = (rules: TextRules): PropertyDecorator => textual(label, rules);

function textual(kind: FieldKind, rules: TextRules): PropertyDecorator {
  const more = given(rules, ['max', 'pattern', 'check', 'search', 'caseless', 'key', 'keys']);
  return field(kind, rules, { min: rules.min ?? 1, ...more });
}

/** A whole number within 32 bits. */
export const Integer = (rules: NumberRules): PropertyDecorator => field(integer, rules, given(rules, ['min', 'max']));

/** A finite number. */
export const Decimal = (rules: NumberRules): PropertyDecorator => field(number, rules, given(rules, ['min', 'max']));

export const Flag = (rules: Common): PropertyDecorator => field(flag, rules);

/** One of a fixed set of words, the same on both faces. */
export const Choice = (rules: ChoiceRules): PropertyDecorator =>
  field(choice, rules, { choice: { name: rules.name, values: rules.values, description: rules.description } });

/** A point in time: RFC 3339, answered in UTC with milliseconds. */
export const Instant = (rules: Common): PropertyDecorator => field(instant, rules);

/** A calendar date without a time: `YYYY-MM-DD`. */
export const LocalDate = (rules: Common): PropertyDecorator => field(date, rules);

/** A calendar period: an ISO 8601 duration of years, months, weeks and days. */
export const Period = (rules: PeriodRules): PropertyDecorator =>
  spanOf(rules, 'a period such as P2W, P3M or P1Y (ISO 8601, dates only)', isPeriod);

/** A span of time: an ISO 8601 duration. */
export const Duration = (rules: PeriodRules): PropertyDecorator =>
  spanOf(rules, 'a duration such as PT45M, P1D or P3M (ISO 8601)', isDuration);

/** Added to any day on which this program runs, it stays within the years that are supported, which end with 2100. */
const LONGEST_PERIOD = 'P20Y';

function spanOf(
  { longest = LONGEST_PERIOD, ...rules }: PeriodRules,
  what: string,
  holds: (value: string, longest: string) => boolean,
): PropertyDecorator {
  const sentence = `must be ${what}, more than zero and at most ${longest}`;
  const description = `${rules.description} At most ${longest}.`;
  const check = (value: string): string | null => (holds(value, longest) ? null : sentence);
  return field(period, { ...rules, description }, { check });
}

/** An IANA time zone name. */
export const TimeZone = (rules: Common): PropertyDecorator =>
  field(text, rules, {
    min: 1,
    max: 64,
    check: (value) => (isSupportedZone(value) ? null : 'must be an IANA time zone such as Europe/Berlin or UTC'),
  });

/** A JSON object that the caller defines. */
export const Json = (rules: JsonRules): PropertyDecorator => field(json, rules, given(rules, ['merges', 'copyOf']));

/** An object with its own shape, stored inside the row. */
export const Nested = (shape: () => Type, rules: Common): PropertyDecorator => field(object, rules, { shape });

/** The longest list that a field may declare. */
const LONGEST_LIST = 1_000;

function field(kind: FieldKind, rules: Common, more: Partial<Recipe> = {}): PropertyDecorator {
  if (rules.list !== undefined && !(rules.list >= 1 && rules.list <= LONGEST_LIST)) {
    throw new Error(`A list has a bound of 1 to ${LONGEST_LIST} values, not ${rules.list}: "${rules.description}"`);
  }
  const recipe: Recipe = {
    kind,
    description: rules.description,
    nullable: rules.nullable ?? false,
    optional: (rules.nullable ?? false) || (rules.defaulted ?? false),
    list: rules.list ? { max: rules.list } : null,
    filter: rules.filter !== undefined && rules.filter !== false,
    scan: rules.filter === 'scan',
    rare: rules.filter === 'rare',
    sort: rules.sort !== undefined && rules.sort !== false,
    sortScan: rules.sort === 'scan',
    ...given(rules, ['example', 'computed', 'asked']),
    ...more,
  };
  return (prototype, name) => record(prototype, String(name), recipe);
}

function given<T extends object, K extends keyof T>(rules: T, names: readonly K[]): Partial<Pick<T, K>> {
  const found: Partial<Pick<T, K>> = {};
  for (const name of names) if (rules[name] !== undefined) found[name] = rules[name];
  return found;
}
