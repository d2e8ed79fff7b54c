import { createHash } from 'node:crypto';

/**
 * The same seed picks the same places of the same sources: each place has a number that is computed from its text, and
 * the lowest numbers are picked.
 */
export function sampleOf(sites, count, seed) {
  const numbered = sites.map((site) => {
    const name = `${seed} ${site.path} ${site.start} ${site.text}`;
    return { site, number: createHash('sha256').update(name).digest('hex') };
  });
  numbered.sort((one, other) => (one.number < other.number ? -1 : 1));
  return numbered.slice(0, count).map(({ site }) => site);
}
