import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/**
 * Waits for a fact about other processes and answers it; anything but null, undefined and false is one.
 * @throws when it is not so by the deadline, in the words of `what`
 */
export async function until<T>(
  what: string,
  milliseconds: number,
  fact: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const found = await fact();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`Not within ${milliseconds} ms: ${what}.`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Waits for a promise that other processes keep. @throws when it is not kept by the deadline */
export async function within<T>(what: string, milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${milliseconds} ms: ${what}.`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A figure that was seen, for the log of the run. */
export function tell(figure: string): void {
  process.stderr.write(`${figure}\n`);
}
