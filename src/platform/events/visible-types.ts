import { holdsScope } from '../actor/actor.js';
import type { Actor } from '../actor/actor.js';
import { Problem } from '../errors/problem.js';
import { allEvents } from '../contract/catalogue.js';
import type { EventType } from '../contract/catalogue.js';
import { matches, unknownPattern } from './event-patterns.js';

const MOST_PATTERNS = 100;

/**
 * The names of the requested events that the key may see, or null for all: a key with every
 * scope also sees events of a newer process that this one does not know.
 *
 * @throws Problem `invalid_input` for a pattern that names no event, `forbidden` when nothing is left to see.
 */
export function visibleTypes(
  actor: Pick<Actor, 'scopes'>,
  patterns: readonly string[] | null,
): readonly string[] | null {
  judge(patterns ?? []);
  const asked = patterns ?? ['*'];
  if (asked.includes('*') && actor.scopes.includes('*')) return null;
  const wanted = allEvents().filter(({ name }) => asked.some((pattern) => matches(pattern, name)));
  const visible = wanted.filter(({ scope }) => holdsScope(actor.scopes, scope));
  if (visible.length === 0) throw new Problem('forbidden', `This key lacks the scope ${scopesOf(wanted)}.`);
  return visible.map(({ name }) => name);
}

function judge(patterns: readonly string[]): void {
  if (patterns.length > MOST_PATTERNS) refuse(`must be at most ${MOST_PATTERNS} patterns`);
  for (const pattern of patterns) {
    const wrong = unknownPattern(pattern);
    if (wrong) refuse(wrong);
  }
}

function refuse(sentence: string): never {
  throw Problem.field('types', 'unknownEvent', `types ${sentence}.`);
}

function scopesOf(events: readonly EventType[]): string {
  return [...new Set(events.map(({ scope }) => scope))].join(' or ');
}
