import { parseArgs } from 'node:util';
import { join } from 'node:path';

const SIZES = {
  full: { rounds: 5, seconds: 4, bursts: 5, timedSeconds: 10, idleSeconds: 20 },
  quick: { rounds: 3, seconds: 2, bursts: 3, timedSeconds: 5, idleSeconds: 10 },
};
/** With less, it is measured how long Node compiles: after 4,000 messages the limit itself reaches half of its rate. */
const WARM_UP = { warmUp: 3_000, burst: 10_000, warmUpBursts: 2 };

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
    ...WARM_UP,
    rows,
    out: values.out,
    profile: values.profile,
    embedded: values.embedded,
    connections: 32,
    command: given.filter((word) => !word.startsWith('--out')).join(' '),
  };
}

const USAGE = `npm run bench -- --quick | --full

  --quick        3 rounds of 2 s: about 8 minutes
  --full         5 rounds of 4 s
  --rows=1,2     only these rows of the table
  --out=FILE     write the report there instead of bench/RESULTS.md
  --profile=DIR  let the subject write CPU profiles there (the figures are then not comparable)
  --embedded     measure on the embedded PostgreSQL server instead of Debian's`;
