import { breathe } from '../../../kit/breather.js';

/** Items in order of time, computed as they are read. */
export interface Source<T> {
  /** No item is earlier. */
  readonly notBefore: Date;
  readonly items: Iterator<T, void>;
}

interface Limits<T> {
  readonly at: (item: T) => Date;
  /** Exclusive. */
  readonly to: Date;
  readonly most: number;
}

/** A source and its next item, which is null until it is read. */
interface Head<T> {
  readonly at: Date;
  readonly item: T | null;
  readonly items: Iterator<T, void>;
}

/**
 * The first items of many sources, up to a limit, in order of time and then of their sources. No source is read before its
 * turn, so the cost depends on the items that are taken.
 */
export async function merged<T>(sources: readonly Source<T>[], { at, to, most }: Limits<T>): Promise<T[]> {
  const taken: T[] = [];
  const heads = sources.map(({ notBefore, items }): Head<T> => ({ at: notBefore, item: null, items }));
  const line = heads.reverse().sort((a, b) => b.at.getTime() - a.at.getTime());
  for (let head = line.pop(); head && head.at < to && taken.length < most; head = line.pop()) {
    if (head.item) taken.push(head.item);
    const { value, done } = head.items.next();
    if (!done) enqueue(line, { at: at(value), item: value, items: head.items });
    await breathe();
  }
  return taken;
}

/** Inserts a head into the line, whose last element is the next one, behind those with the same time. */
function enqueue<T>(line: Head<T>[], head: Head<T>): void {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((line[middle]?.at ?? head.at) > head.at) low = middle + 1;
    else high = middle;
  }
  line.splice(low, 0, head);
}
