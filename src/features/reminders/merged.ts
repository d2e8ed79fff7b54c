import { setImmediate as breathe } from 'node:timers/promises';

/** Things in order of time, counted out as they are asked for. */
export interface Source<T> {
  /** None of its things is earlier. */
  readonly notBefore: Date;
  readonly items: Iterator<T, void>;
}

interface Limits<T> {
  readonly at: (item: T) => Date;
  /** Exclusive. */
  readonly to: Date;
  readonly most: number;
}

/** A source by what it has next; null until it is asked. */
interface Head<T> {
  readonly at: Date;
  readonly item: T | null;
  readonly items: Iterator<T, void>;
}

/** To count out a rule takes up to a millisecond each time: meanwhile others have their turn. */
const SLICE_MS = 10;

/**
 * The soonest things of many sources, at most so many, in order of time and then of their sources. No source is asked before
 * its turn, so the work follows what is taken, not what there is.
 */
export async function merged<T>(sources: readonly Source<T>[], { at, to, most }: Limits<T>): Promise<T[]> {
  const taken: T[] = [];
  const heads = sources.map(({ notBefore, items }): Head<T> => ({ at: notBefore, item: null, items }));
  const line = heads.reverse().sort((a, b) => b.at.getTime() - a.at.getTime());
  let since = performance.now();
  for (let head = line.pop(); head && head.at < to && taken.length < most; head = line.pop()) {
    if (head.item) taken.push(head.item);
    const { value, done } = head.items.next();
    if (!done) enqueue(line, { at: at(value), item: value, items: head.items });
    if (performance.now() - since < SLICE_MS) continue;
    await breathe();
    since = performance.now();
  }
  return taken;
}

/** Puts a head in its place in a line whose last is the next, behind those of the same time. */
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
