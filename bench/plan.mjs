import { parseArgs } from 'node:util';
import { join } from 'node:path';

const SIZES = {
  full: { rounds: 5, seconds: 4, warmUp: 3_000, bursts: 5, burst: 10_000, timedSeconds: 10, idleSeconds: 20 },
  quick: { rounds: 3, seconds: 2, warmUp: 1_000, bursts: 3, burst: 10_000, timedSeconds: 5, idleSeconds: 10 },
};

/** What the command line asks for. */
export function planOf(given) {
  const { values } = parseArgs({
    args: given,
    options: {
      quick: { type: 'boolean' },
      full: { type: 'boolean' },
      rows: { type: 'string', default: '1,2,4,5,6,7' },
      out: { type: 'string', default: join(import.meta.dirname, 'RESULTS.md') },
      profile: { type: 'string' },
      embedded: { type: 'boolean', default: false },
    },
  });
  if (Boolean(values.quick) === Boolean(values.full)) throw new Error(USAGE);
  const size = values.quick ? 'quick' : 'full';
  const rows = values.rows.split(',').map(Number);
  return {
    size,
    ...SIZES[size],
    rows,
    out: values.out,
    profile: values.profile,
    embedded: values.embedded,
    connections: 32,
    command: given.filter((word) => !word.startsWith('--out')).join(' '),
  };
}

const USAGE = `npm run bench -- --quick | --full

  --quick        3 rounds of 2 s, 1,000 requests to warm up: about 5 minutes
  --full         5 rounds of 4 s, 3,000 requests to warm up
  --rows=1,2     only these rows of the table
  --out=FILE     write the report there instead of bench/RESULTS.md
  --profile=DIR  let the subject write CPU profiles there (the figures are then not comparable)
  --embedded     measure on the embedded PostgreSQL server instead of Debian's`;
