/**
 * The tests whose result can depend on the PostgreSQL server, run on the server of DATABASE_URL; `npm test` runs all of them
 * on the embedded one. The other tests use no database, or nothing that differs between servers:
 * kit, laws, pages, documents, formats, what is sent and to whom, and how our processes end.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ON_A_SERVER = [
  [
    'test/features/(accounts|contacts|recruiters|interviews)/',
    'every statement of a feature: collation, search, constraints',
  ],
  ['test/features/reminders/[^/]+\\.test', 'times, intervals and time zones as the server reckons them'],
  ['test/features/reminders/calendar/(feeds|entries)', 'the calendar, read from its tables'],
  ['test/features/webhooks/[^/]+\\.test', 'deliveries, their lanes and their log'],
  ['test/features/webhooks/(deliveries|hooks|recovery|statistics|trials)/', 'the same, mended and counted'],
  ['test/features/webhooks/sending/(lanes|workers)', 'claims, leases and SKIP LOCKED'],
  ['test/platform/projection/', 'a view as one statement, and its JSON as the server writes it'],
  ['test/platform/plans/', 'the planner'],
  ['test/platform/contract/toy', 'a new resource, from its table on'],
  ['test/platform/events/', 'snapshots, the order of commits, and what retention takes'],
  ['test/platform/isolation/', 'no account reads another, whatever the server'],
  ['test/platform/http/(batches|external-ids|lists|rates|writes)', 'races that locks and unique indexes decide'],
  ['test/platform/graphql/(lanes|nodes)', "answers made of the server's own text"],
  [
    'test/platform/graphql/subscriptions/(beginnings|exactly-once|subscriptions)',
    'signals between sessions, and their order',
  ],
  ['test/processes/(migrating|starts)', 'migrations, on an empty database and from each older schema'],
];

const paths = ON_A_SERVER.map(([path]) => path);
const { status } = spawnSync('npm', ['test', '--', ...paths, ...process.argv.slice(2)], {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
