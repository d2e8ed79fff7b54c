import { Problem } from '../../../platform/errors/problem.js';
import type { Whereabouts } from './merging.sql.js';

const UNDO = 'undo the merge with POST …/unmerge (unmergeContact)';

/** @throws Problem `not_found` that says into which contact this one was merged, if it was */
export function refuseGone(id: string, [found]: readonly Whereabouts[]): void {
  if (!found || found.id === id) return;
  throw new Problem('not_found', `The contact ${id} was merged into ${found.id}: read that one, or ${UNDO}.`);
}

/** @throws Problem `conflict` for a contact that was merged: what it had is with the other one */
export function refuseMerged(id: string, [found]: readonly Whereabouts[]): void {
  if (!found || found.id === id) return;
  throw new Problem('conflict', `The contact ${id} was merged into ${found.id}: to have both again, ${UNDO}.`);
}
