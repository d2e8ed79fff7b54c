import { declareMentions } from '../../contract/mentions.js';
import { SavedFilter } from './saved-filter.entity.js';
import { savedFilterEvents } from './saved-filter.events.js';

/** What conditions compare with, and what the saved filter is called, here and by other systems. */
declareMentions({
  name: 'savedFilters',
  type: SavedFilter,
  texts: `select unnest(array[t.name, t.q, t.note])
    union all select v #>> '{}' from jsonb_path_query(t.filter, 'strict $.** ? (@.type() == "string")') v
    union all select x.external_id from external_ids x where x.account_id = $1 and x.resource = 'savedFilter' and x.resource_id = t.id`,
  deleted: savedFilterEvents.deleted,
});
