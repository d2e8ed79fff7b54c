import { allEvents } from '../../platform/contract/catalogue.js';
import { webhookEvents } from './webhook.events.js';

const { ping, endpointDisabled, deliveryExhausted } = webhookEvents;

/** The scope that each type of event needs, as JSON: the value of the parameter in `neededFor`. */
export function scopesByType(): string {
  return JSON.stringify(Object.fromEntries(allEvents().map(({ name, scope }) => [name, scope])));
}

/** The scopes of which one is enough to read an event of a type, as an array. `scopes` is the parameter. */
export function neededFor(type: string, scopes: string): string {
  const scope = `${scopes}::jsonb ->> ${type}`;
  return `array[${scope}, split_part(${scope}, ':', 1) || ':*', '*']`;
}

/**
 * Whether an endpoint `w` receives an event `e`, whose `needed` is what `neededFor` says. A trial goes only to its
 * endpoint. An event about a failing endpoint goes to the other endpoints: otherwise an endpoint that is down would be
 * sent events about itself again and again. A filter is a path that is true or false for the data: an event that it
 * rejects costs one evaluation and no row. An endpoint is sent only what its key may read, also in the second between
 * the expiry of the key and the end of the endpoint.
 *
 * @param data the event's data, as `jsonb`
 */
export function asksFor(now: string, data = 'e.data::jsonb'): string {
  return `case e.type
    when '${ping.name}' then w.id = e.subject_id
    else w.event_types && array['*', e.type, split_part(e.type, '.', 1) || '.*']
      and w.scopes && e.needed and (w.granted_until > ${now}) is not false
      and case e.type
        when '${endpointDisabled.name}' then w.id <> e.subject_id
        when '${deliveryExhausted.name}' then w.id <> (e.data ->> 'webhookId')::uuid
        else true
      end
      and (w.filter_path is null or ${data} @@ w.filter_path::jsonpath)
  end`;
}
