import { setTimeout as delay } from 'node:timers/promises';

/** The longest turn of the event loop until something ends: which part it is of all that this process computes meanwhile. */
export async function longestTurn(work: Promise<unknown>): Promise<number> {
  const ended = work.then(
    () => true,
    () => true,
  );
  let [all, longest] = [0, 0];
  for (let before = process.cpuUsage(), isOver = false; !isOver;) {
    isOver = await Promise.race([ended, delay(1, false)]);
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    all += user + system;
    longest = Math.max(longest, user + system);
  }
  return longest / all;
}
