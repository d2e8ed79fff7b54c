import type { Type } from '@nestjs/common';
import { resourceName } from '../contract/resources.js';

/** A kind of event: `noun.past`, whose data is the REST representation of its resource. */
export interface EventType {
  readonly name: string;
  readonly resource: Type;
  readonly description: string;
}

const catalogue = new Map<string, EventType>();

/** Declares a resource's events: `eventsOf(Contact, { created: 'A contact was added.' })`. */
export function eventsOf<V extends string>(
  resource: Type,
  verbs: Readonly<Record<V, string>>,
): Readonly<Record<V, EventType>> {
  const { noun } = resourceName(resource);
  const entries = Object.entries<string>(verbs).map(([verb, description]) => {
    const name = `${snake(noun)}.${snake(verb)}`;
    return [verb, declareEvent({ name, resource, description })] as const;
  });
  return Object.fromEntries(entries) as Record<V, EventType>;
}

/** Declares an event whose noun is not its resource's own: `reminder.due` carries an occurrence. */
export function declareEvent(event: EventType): EventType {
  if (catalogue.has(event.name)) throw new Error(`The event ${event.name} is declared twice.`);
  catalogue.set(event.name, event);
  return event;
}

/** Every event there is, by name. */
export function allEvents(): readonly EventType[] {
  return [...catalogue.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
