/** So long the event loop is kept by long work before everything else has a turn, in milliseconds. */
const LONGEST_BREATH_MS = 8;

/** Who waits to go on, the first first. */
const waiting: (() => void)[] = [];
/** When the long work of this turn of the loop began; null before there is any. */
let began: number | null = null;
let isEnding = false;

/**
 * Lets others in between the parts of long work: call it after each part. Awaiting alone gives nobody else a turn.
 *
 * The time is that of the loop, not of one caller: thirty requests that each compute for less than the longest breath would
 * otherwise all go on in the same turn. Those that wait go on one by one, each in a turn of its own.
 */
export async function breathe(): Promise<void> {
  if (keptFor() < LONGEST_BREATH_MS) return;
  await new Promise<void>((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(letOneOn);
  });
}

/** Computes something of each item, with breaths: how many there are, and what each costs, an account decides. */
export async function inSlices<T, R>(items: Iterable<T>, compute: (item: T) => R): Promise<R[]> {
  const computed: R[] = [];
  for (const item of items) {
    computed.push(compute(item));
    await breathe();
  }
  return computed;
}

function keptFor(): number {
  const now = performance.now();
  if (began === null) begin(now);
  return now - (began ?? now);
}

function begin(now: number): void {
  began = now;
  if (isEnding) return;
  isEnding = true;
  setImmediate(() => {
    isEnding = false;
    began = null;
  });
}

function letOneOn(): void {
  begin(performance.now());
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(letOneOn);
}
