import type { Type } from '@nestjs/common';
import { allMentions } from '../../../platform/contract/mentions.js';
import type { Ending, Mentions, Traces } from '../../../platform/contract/mentions.js';
import { removed } from '../../../platform/database/changes.js';
import type { Tx } from '../../../platform/database/tx.js';
import { clearPassage, forgetNamesOf, lockRowsMentioning } from './mentioning.sql.js';

/** What was done with rows that mention a person. */
interface Forgotten {
  /** The rows: copies of them may mention the person too. */
  readonly ids: readonly string[];
  readonly endings: readonly RowEnding[];
}

interface RowEnding {
  readonly type: Type;
  readonly id: string;
  readonly ended: Ending;
}

/**
 * Deletes rows that mention a person, each with its event, or clears what mentions the person in them. Copies are to be redacted then, and rows to be ended
 * after that: so the event of an ending is not redacted itself.
 */
export async function forgetMentions(tx: Tx, traces: Traces): Promise<Forgotten> {
  const ids: string[] = [];
  const endings: RowEnding[] = [];
  for (const mentions of allMentions()) {
    const found = (await tx.run<{ id: string }>(lockRowsMentioning(tx.actor.accountId, mentions, traces))).map(
      ({ id }) => id,
    );
    if (found.length === 0) continue;
    ids.push(...found);
    if ('texts' in mentions) await deleteAll(tx, mentions, found);
    else endings.push(...(await clear(tx, mentions, traces)));
  }
  return { ids, endings };
}

export async function endAll(tx: Tx, endings: readonly RowEnding[]): Promise<void> {
  for (const { type, id, ended } of endings)
    await tx.apply({ verb: 'update', type, id, values: ended.values, event: ended.event });
}

async function deleteAll(
  tx: Tx,
  mentions: Extract<Mentions, { texts: string }>,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) await tx.apply(removed(mentions.type, id, mentions.deleted));
  await tx.run(forgetNamesOf(tx.actor.accountId, mentions, ids));
}

/** Which rows are to be ended then. */
async function clear(
  tx: Tx,
  { type, passages, ended }: Extract<Mentions, { passages: unknown }>,
  traces: Traces,
): Promise<RowEnding[]> {
  const ending = new Set<string>();
  for (const passage of passages) {
    const cleared = clearPassage(tx.actor.accountId, type, { passage, ended }, traces);
    for (const { id, ends } of await tx.run<{ id: string; ends: boolean }>(cleared)) if (ends) ending.add(id);
  }
  return [...ending].sort().map((id) => ({ type, id, ended }));
}
