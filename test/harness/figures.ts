/** Writes a measured figure to the log of the run. */
export function tell(figure: string): void {
  process.stderr.write(`${figure}\n`);
}

/**
 * Checks that something took no longer than promised, in milliseconds, in the long form only (`npm run test:long`),
 * which runs one file at a time. In the short form other files run at the same time, so a time would prove nothing.
 */
export function promised(milliseconds: number, most: number): void {
  if (process.env.TEST_FIGURES) expect(milliseconds).toBeLessThanOrEqual(most);
}
