import { updated } from '../../../../platform/database/changes.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { Import } from '../import.entity.js';
import { importEvents } from '../import.events.js';
import { settleRows } from '../imports.sql.js';
import type { SettledRow } from '../imports.sql.js';

/** Of so many steps each is told, so that a large file causes no more events than a small one. */
const STEPS = 20;

/** Keeps what became of rows, counts it, and tells how far the import is. */
export async function settle(tx: Tx, id: string, rows: readonly SettledRow[]): Promise<void> {
  await tx.run(settleRows(tx.actor.accountId, rows));
  const it = await tx.find(Import, id);
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
  const counts = {
    created: it.created + count('created'),
    updated: it.updated + count('updated'),
    unchanged: it.unchanged + count('unchanged'),
    skipped: it.skipped + count('skipped'),
    done: it.done + rows.length,
  };
  await tx.apply(updated(Import, id, counts, isStep(it, counts.done) ? importEvents.progressed : null));
}

/** Whether it came into another twentieth. Its end has an event of its own. */
function isStep({ done, total, state }: Import, now: number): boolean {
  if (now >= total || (state !== 'applying' && state !== 'previewing')) return false;
  return Math.floor((now * STEPS) / total) > Math.floor((done * STEPS) / total);
}
