import type { Statement, Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';

/** @throws Problem at the pointer, when there are so many already; the statement counts them as `count` */
export async function refuseMore(
  tx: Tx,
  counting: Statement,
  { most, what, pointer }: { readonly most: number; readonly what: string; readonly pointer: string },
): Promise<void> {
  const [row] = await tx.run<{ count: number }>(counting);
  if ((row?.count ?? 0) < most) return;
  throw Problem.field(pointer, 'tooMany', `There are ${most} ${what} already, which is the limit: delete one first.`);
}
