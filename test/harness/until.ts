import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** What no machine needs for anything a test waits for, however busy it is: longer takes only what hangs. */
export const HANG_MS = 60_000;

/**
 * Waits for a fact that can be seen and answers it; anything but null, undefined and false is one.
 * @throws when it is not so in all that time, in the words of `what`
 */
export async function until<T>(
  what: string,
  fact: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  milliseconds = HANG_MS,
): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const found = await fact();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`Not within ${milliseconds} ms: ${what}.`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Waits for a promise that other processes keep. @throws when it is not kept in all that time */
export async function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${HANG_MS} ms: ${what}.`)), HANG_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
