import type { Type } from '@nestjs/common';
import type { Data } from '../../kit/words.js';
import { resourceName } from './resources.js';

/** What is known about an event besides its data. */
export interface Happening {
  /** RFC 3339. */
  readonly timestamp: string;
  /** The previous values of the properties that changed. */
  readonly previous: Data | null;
  /** The account's IANA time zone, for times that people read. */
  readonly timeZone: string;
}

/** A list with a heading. */
export interface WordedList {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** How an event is described to people. Nothing is escaped yet: each format escapes in its own way. */
interface Words {
  readonly description: string;
  /** One sentence that says what happened, with the names. */
  readonly sentence: (data: Data, happening: Happening) => string;
  /** Further facts. */
  readonly context?: (data: Data, happening: Happening) => readonly string[];
  /** The lists that belong to the event. */
  readonly lists?: (data: Data, happening: Happening) => readonly WordedList[];
}

/** A kind of event: `noun.past`, whose data is the REST representation of its resource. */
export interface EventType extends Words {
  readonly name: string;
  readonly resource: Type;
  /** The scope that a key needs to see it in the log: the one that reads its resource, such as `things:read`. */
  readonly scope: string;
  /** Whether it is sent to endpoints under this name. If not, it is only in the log. */
  readonly sent: boolean;
}

/** An event as it is declared. `scope` is the noun of its resource's scopes, if that differs from the resource's plural. */
type Declared = Omit<EventType, 'scope' | 'sent'> & { readonly scope?: string; readonly sent?: boolean };

const catalogue = new Map<string, EventType>();

/** Declares a resource's events: `eventsOf(Thing, { created: { description: 'A thing was created.', sentence: (data) => … } })`. */
export function eventsOf<V extends string>(
  resource: Type,
  verbs: Readonly<Record<V, Words>>,
  options: Pick<Declared, 'scope' | 'context'> = {},
): Readonly<Record<V, EventType>> {
  const { noun } = resourceName(resource);
  const entries = Object.entries<Words>(verbs).map(([verb, words]) => {
    const name = `${snake(noun)}.${snake(verb)}`;
    return [verb, declareEvent({ name, resource, ...options, ...words })] as const;
  });
  return Object.fromEntries(entries) as Record<V, EventType>;
}

/** Declares an event whose name does not begin with its resource's noun. */
export function declareEvent({ scope, sent = true, ...event }: Declared): EventType {
  if (catalogue.has(event.name)) throw new Error(`The event ${event.name} is declared twice.`);
  if (typeof event.sentence !== 'function') throw new Error(`The event ${event.name} has no sentence.`);
  const declared = { ...event, sent, scope: `${scope ?? resourceName(event.resource).plural}:read` };
  catalogue.set(event.name, declared);
  return declared;
}

/** Every event, by name. */
export function allEvents(): readonly EventType[] {
  return [...catalogue.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function eventNamed(name: string): EventType | null {
  return catalogue.get(name) ?? null;
}

/** Every event that an endpoint may receive, by name. */
export function sentEvents(): readonly EventType[] {
  return allEvents().filter(({ sent }) => sent);
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
