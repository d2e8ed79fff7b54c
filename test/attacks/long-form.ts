/** Whether every case is tried, and thirty attackers at once too where the short form leaves them out: `npm run test:long -- attacks`. */
export const ALL_ATTACKS = process.env.KITH_ATTACKS === 'all';

/** In the short form the first cases only, because an attack is watched for ten seconds. */
export function casesOf<T>(cases: readonly T[], short: number): T[] {
  return ALL_ATTACKS ? [...cases] : cases.slice(0, short);
}
