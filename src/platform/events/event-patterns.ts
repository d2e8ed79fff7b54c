import { allEvents, sentEvents } from '../contract/catalogue.js';

/**
 * Why a pattern matches no event, or null if it matches one: `*`, `thing.*` or `thing.created`. The catalogue is read
 * at each call, because every feature that is loaded adds to it.
 */
export function unknownPattern(pattern: string): string | null {
  const names = allEvents().map(({ name }) => name);
  const known = pattern === '*' || names.includes(pattern) || names.some((name) => familyOf(name) === pattern);
  if (known) return null;
  const families = [...new Set(names.map(familyOf))];
  return `must be *, all events of a resource (${families.join(', ')}) or one event's name (${nearest(pattern, names).join(', ')})`;
}

/** Why a text is not the name of an event that is sent, or null if it is one. */
export function unknownEvent(name: string): string | null {
  const names = sentEvents().map((event) => event.name);
  return names.includes(name) ? null : `must be one event's name (${nearest(name, names).join(', ')})`;
}

function familyOf(name: string): string {
  return `${name.split('.')[0]}.*`;
}

/** The events of the pattern's resource if there are any, else all events. */
function nearest(pattern: string, names: readonly string[]): readonly string[] {
  const alike = names.filter((name) => name.split('.')[0] === pattern.split('.')[0]);
  return alike.length > 0 ? alike : names;
}

/** Whether a pattern matches this event. */
export function matches(pattern: string, name: string): boolean {
  return pattern === '*' || pattern === name || pattern === familyOf(name);
}
