import type { Type } from '@nestjs/common';
import { resourceName } from './resources.js';

/** A kind of event: `noun.past`, whose data is the REST representation of its resource. */
export interface EventType {
  readonly name: string;
  readonly resource: Type;
  readonly description: string;
  /** The scope that a key needs to see it in the log: the one that reads its resource, such as `contacts:read`. */
  readonly scope: string;
  /** Whether it is sent to endpoints under this name. If not, it is only in the log. */
  readonly sent: boolean;
}

/** An event as it is declared. `scope` is the noun of its resource's scopes, if that differs from the resource's plural. */
type Declared = Omit<EventType, 'scope' | 'sent'> & { readonly scope?: string; readonly sent?: boolean };

const catalogue = new Map<string, EventType>();

/** Declares a resource's events: `eventsOf(Contact, { created: 'A contact was added.' })`. */
export function eventsOf<V extends string>(
  resource: Type,
  verbs: Readonly<Record<V, string>>,
  options: Pick<Declared, 'scope'> = {},
): Readonly<Record<V, EventType>> {
  const { noun } = resourceName(resource);
  const entries = Object.entries<string>(verbs).map(([verb, description]) => {
    const name = `${snake(noun)}.${snake(verb)}`;
    return [verb, declareEvent({ name, resource, description, ...options })] as const;
  });
  return Object.fromEntries(entries) as Record<V, EventType>;
}

/** Declares an event whose name does not begin with its resource's noun: `reminder.due` carries an occurrence. */
export function declareEvent({ scope, sent = true, ...event }: Declared): EventType {
  if (catalogue.has(event.name)) throw new Error(`The event ${event.name} is declared twice.`);
  const declared = { ...event, sent, scope: `${scope ?? resourceName(event.resource).plural}:read` };
  catalogue.set(event.name, declared);
  return declared;
}

/** Every event there is, by name. */
export function allEvents(): readonly EventType[] {
  return [...catalogue.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every event that an endpoint may receive, by name. */
export function sentEvents(): readonly EventType[] {
  return allEvents().filter(({ sent }) => sent);
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
