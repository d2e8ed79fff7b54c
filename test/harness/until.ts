import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** Longer than anything a test waits for can take, even on a busy machine: only a hang reaches it. */
export const HANG_MS = 60_000;

/**
 * Waits until a function returns a value other than null, undefined or false, and returns that value.
 * @throws when this does not happen within the limit; `what` is in the message
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

/** Waits for a promise that another process resolves. @throws when this does not happen within the limit */
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
