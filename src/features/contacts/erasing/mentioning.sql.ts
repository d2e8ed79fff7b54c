import type { Type } from '@nestjs/common';
import { textsOf } from '../../../platform/contract/mentions.js';
import type { Ending, Mentions, Passage, Traces } from '../../../platform/contract/mentions.js';
import { recipesOf } from '../../../platform/contract/recipes.js';
import { resourceName } from '../../../platform/contract/resources.js';
import { tableOf } from '../../../platform/contract/tables.js';
import type { Statement } from '../../../platform/database/tx.js';

/** The words of a text in lower case, with a blank around each. What has no word, such as an emoji, stays as it is. */
const wordsOf = (text: string): string => `' ' || coalesce(nullif(btrim(regexp_replace(
  lower(normalize(${text}, nfc) collate "und-x-icu"), '[^[:alnum:]]+', ' ', 'g')), ''), ${text}) || ' '`;

/** Traces of the parameters `$2` and `$3`, by their words. */
const KNOWN = `known as materialized (
  select ${wordsOf('x.text')} as words, x.whole from (select unnest($2::text[]), false union all select unnest($3::text[]), true) x(text, whole))`;

/** Whether one of the texts of the row `t` has a trace. */
const mentioned = (texts: string): string => `exists (
  select from (${texts}) x(text) cross join lateral (select ${wordsOf('x.text')} as words offset 0) w, known k
  where k.words = w.words or not k.whole and strpos(w.words, k.words) > 0)`;

/** The rows in whose texts somebody wrote one of these traces, with what the API shows of them, at most so many. */
export function rowsMentioning(accountId: string, mentions: Mentions, traces: Traces, most: number): Statement {
  return {
    text: `with ${KNOWN} select to_jsonb(t) - $4::text[] as row from ${tableOf(mentions.type).name} t
      where t.account_id = $1 and ${mentioned(textsOf(mentions))} order by t.id limit ${most}`,
    values: [accountId, traces.parts, traces.wholes, hiddenOf(mentions.type)],
  };
}

/** The ids of all of them, locked. */
export function lockRowsMentioning(accountId: string, mentions: Mentions, { parts, wholes }: Traces): Statement {
  return {
    text: `with ${KNOWN} select t.id from ${tableOf(mentions.type).name} t
      where t.account_id = $1 and ${mentioned(textsOf(mentions))} order by t.id for update of t`,
    values: [accountId, parts, wholes],
  };
}

/** Leaves none of the texts of a passage in the rows where one has a trace. Tells whether each is to be ended then. */
export function clearPassage(
  accountId: string,
  type: Type,
  { passage, ended }: { readonly passage: Passage; readonly ended: Ending },
  { parts, wholes }: Traces,
): Statement {
  return {
    text: `with ${KNOWN} update ${tableOf(type).name} t set ${passage.set}, version = t.version + 1
      where t.account_id = $1 and ${mentioned(passage.texts)} returning t.id, ${passage.ends} and ${ended.from} as ends`,
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

/** The columns that no answer shows, such as secrets. */
function hiddenOf(type: Type): string[] {
  const shown = recipesOf(type);
  return [...tableOf(type).columns].flatMap(([property, { name }]) => (shown.has(property) ? [] : [name]));
}
