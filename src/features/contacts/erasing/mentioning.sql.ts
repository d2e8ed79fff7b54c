import type { Mentions, Traces } from '../../../platform/contract/mentions.js';
import { resourceName } from '../../../platform/contract/resources.js';
import { tableOf } from '../../../platform/contract/tables.js';
import type { Statement } from '../../../platform/database/tx.js';

/** The words of a text in lower case, with a blank around each. What has no word, such as an emoji, stays as it is. */
const wordsOf = (text: string): string => `' ' || coalesce(nullif(btrim(regexp_replace(
  lower(normalize(${text}, nfc) collate "und-x-icu"), '[^[:alnum:]]+', ' ', 'g')), ''), ${text}) || ' '`;

/** The rows in whose texts somebody wrote one of these traces, as they are, at most so many. */
export function rowsMentioning(accountId: string, mentions: Mentions, traces: Traces, most: number): Statement {
  return mentioning(accountId, mentions, traces, `limit ${most}`);
}

/** All of them, locked. */
export function lockRowsMentioning(accountId: string, mentions: Mentions, traces: Traces): Statement {
  return mentioning(accountId, mentions, traces, 'for update of t');
}

function mentioning(accountId: string, { type, texts }: Mentions, { parts, wholes }: Traces, end: string): Statement {
  return {
    text: `with known as materialized (
        select ${wordsOf('x.text')} as words, x.whole from (select unnest($2::text[]), false union all select unnest($3::text[]), true) x(text, whole))
      select t.id, to_jsonb(t) - 'account_id' as row from ${tableOf(type).name} t where t.account_id = $1 and exists (
        select from (${texts}) x(text) cross join lateral (select ${wordsOf('x.text')} as words offset 0) w, known k
        where k.words = w.words or not k.whole and strpos(w.words, k.words) > 0)
      order by t.id ${end}`,
    values: [accountId, parts, wholes],
  };
}

/** What other systems call these rows. */
export function forgetNamesOf(accountId: string, { type }: Mentions, ids: readonly string[]): Statement {
  return {
    text: 'delete from external_ids x where x.account_id = $1 and x.resource = $2 and x.resource_id = any($3::uuid[])',
    values: [accountId, resourceName(type).noun, ids],
  };
}
