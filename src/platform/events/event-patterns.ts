import { allEvents, sentEvents } from '../contract/catalogue.js';

/**
 * Why a pattern names no event, or null when it does: `*`, `thing.*` or `thing.made`. The catalogue is read at each
 * call, since every feature that is loaded adds to it.
 */
export function unknownPattern(pattern: string): string | null {
  const names = allEvents().map(({ name }) => name);
  const known = pattern === '*' || names.includes(pattern) || names.some((name) => familyOf(name) === pattern);
  if (known) return null;
  const families = [...new Set(names.map(familyOf))];
  return `must be *, all events of a noun (${families.join(', ')}) or one event's name (${nearest(pattern, names).join(', ')})`;
}

/** Why a text names no event that is ever sent, or null when it does. */
export function unknownEvent(name: string): string | null {
  const names = sentEvents().map((event) => event.name);
  return names.includes(name) ? null : `must be one event's name (${nearest(name, names).join(', ')})`;
}

function familyOf(name: string): string {
  return `${name.split('.')[0]}.*`;
}

/** The events of the pattern's noun when there are any, else all of them. */
function nearest(pattern: string, names: readonly string[]): readonly string[] {
  const alike = names.filter((name) => name.split('.')[0] === pattern.split('.')[0]);
  return alike.length > 0 ? alike : names;
}

/** Whether a pattern matches this event. */
export function matches(pattern: string, name: string): boolean {
  return pattern === '*' || pattern === name || pattern === familyOf(name);
}
