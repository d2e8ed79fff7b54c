import { allEvents } from '../../../platform/contract/catalogue.js';

/** The scope that each type of event needs, as JSON: the value of the parameter in `neededFor`. */
export function scopesByType(): string {
  return JSON.stringify(Object.fromEntries(allEvents().map(({ name, scope }) => [name, scope])));
}

/** The scopes of which one is enough to read an event of a type, as an array. `scopes` is the parameter. */
export function neededFor(type: string, scopes: string): string {
  const scope = `${scopes}::jsonb ->> ${type}`;
  return `array[${scope}, split_part(${scope}, ':', 1) || ':*', '*']`;
}
