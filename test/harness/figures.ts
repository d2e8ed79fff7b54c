/** A figure that was seen, for the log of the run. */
export function tell(figure: string): void {
  process.stderr.write(`${figure}\n`);
}

/**
 * Holds something to a promised time, in milliseconds, in the long form alone (`npm run test:long`), which runs one file
 * at a time: a short form says nothing of a machine that has other things to do.
 */
export function promised(milliseconds: number, most: number): void {
  if (process.env.TEST_FIGURES) expect(milliseconds).toBeLessThanOrEqual(most);
}
