/**
 * How much of something a test does. With `npm test` alone it is small, so that whoever tries the program has an answer soon; CI, and
 * whoever names files, has the usual size; a setting has any, such as that of the long form.
 */
export function size(setting: string, usual: number, quick: number): number {
  const given = process.env[setting];
  if (given !== undefined) return Number(given);
  return process.env.TEST_QUICK ? quick : usual;
}

/** All of them; in a quick run every so manieth. */
export function some<T>(all: readonly T[], quick: number): T[] {
  return process.env.TEST_QUICK ? all.filter((_, n) => n % quick === 0) : [...all];
}
