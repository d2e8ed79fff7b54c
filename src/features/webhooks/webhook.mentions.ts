import { declareMentions } from '../../platform/contract/mentions.js';
import { Webhook } from './webhook.entity.js';
import { webhookEvents } from './webhook.events.js';

/** Where nothing is, nor ever will be (RFC 2606, section 2). */
const NOWHERE = 'https://erased.invalid/';

/**
 * Without its filter an endpoint would be sent what it was to be kept from, and without its template or URL it would be sent something else, or nothing. So it is
 * disabled, which loses no event: a recovery sends what happened meanwhile. A description is only a description.
 */
declareMentions({
  name: 'webhooks',
  type: Webhook,
  passages: [
    {
      texts: `select v #>> '{}' from jsonb_path_query(t.filter, 'strict $.** ? (@.type() == "string")') v`,
      set: 'filter = null, filter_path = null',
      ends: true,
    },
    {
      // What a template compares with stands between quotation marks.
      texts: `select t.template union all select regexp_split_to_table(t.template, '["'']')`,
      set: `template = null, format = case t.format when 'template' then 'standard' else t.format end`,
      ends: true,
    },
    { texts: 'select t.url', set: `url = '${NOWHERE}'`, ends: true },
    { texts: 'select t.description', set: 'description = null', ends: false },
  ],
  ended: {
    from: `t.status <> 'disabled' and t.deleted_at is null`,
    values: { status: 'disabled', disabledReason: 'erased' },
    event: webhookEvents.endpointDisabled,
  },
});
