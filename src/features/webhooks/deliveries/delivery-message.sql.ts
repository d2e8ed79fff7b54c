import type { Statement } from '../../../platform/database/tx.js';
import type { Style } from '../formats/formats.js';
import { LOGGED_EVENT } from '../samples/logged-event.js';
import type { LoggedEvent } from '../samples/logged-event.js';

/** The event of a delivery, and the format of its endpoint. */
export type Carried = LoggedEvent & Style;

/** Returns no row when the delivery does not exist or its event is no longer kept. */
export function carriedBy(accountId: string, deliveryId: string): Statement {
  return {
    text: `select ${LOGGED_EVENT}, w.format, w.template, w.thin
      from deliveries d
        join events e on e.account_id = d.account_id and e.id = d.event_id
        join webhooks w on w.account_id = d.account_id and w.id = d.webhook_id
      where d.account_id = $1 and d.id = $2`,
    values: [accountId, deliveryId],
  };
}
