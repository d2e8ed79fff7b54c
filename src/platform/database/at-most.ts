import type { Statement, Tx } from './tx.js';
import { Problem } from '../errors/problem.js';

/** Whether there are so many already; the statement counts them as `count`. */
export async function isFull(tx: Tx, counting: Statement, most: number): Promise<boolean> {
  const [row] = await tx.run<{ count: number }>(counting);
  return (row?.count ?? 0) >= most;
}

/** @throws Problem at the pointer, when there are so many already */
export async function refuseMore(
  tx: Tx,
  counting: Statement,
  { most, what, pointer }: { readonly most: number; readonly what: string; readonly pointer: string },
): Promise<void> {
  if (!(await isFull(tx, counting, most))) return;
  throw Problem.field(pointer, 'tooMany', `There are ${most} ${what} already, which is the limit: delete one first.`);
}
