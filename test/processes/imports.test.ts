import { setTimeout as delay } from 'node:timers/promises';
import { chance } from './chance.js';
import type { Child } from './child.js';
import { Installation } from './installation.js';
import { tell } from '../harness/figures.js';

/** `KITH_IMPORT_KILLS=20` for a long run. */
const KILLS = Number(process.env.KITH_IMPORT_KILLS ?? 2);
const ROWS = 2_000 * KILLS;
const HEADER = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';

let installation: Installation;
let worker: Child;

beforeAll(async () => {
  installation = await Installation.open();
  await installation.start('api');
  worker = await installation.start('worker');
});
afterAll(() => installation.close());

const progress = (): Promise<number> => installation.number('select coalesce(max(done), 0) from imports');

it(`K9: ${KILLS} kills -9 in the middle of an import of ${ROWS} rows lose none, and do none twice`, async () => {
  const rows = Array.from(
    { length: ROWS },
    (_, n) => `F${n},L${n},https://www.linkedin.com/in/p${n},p${n}@example.org,Co,Dev,10 Dec 2025`,
  );
  await installation.sendFile('/v1/imports/linkedin', 'text/csv', `${HEADER}\n${rows.join('\n')}\n`);
  const random = chance(9);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = await progress();
    await installation.untilNumber('the import goes on', before + 1, 'select coalesce(max(done), 0) from imports');
    await delay(random() * 200);
    await worker.kill();
    tell(`killed after ${await progress()} of ${ROWS} rows`);
    worker = await installation.start('worker');
  }
  await installation.untilNumber(
    'the import is finished',
    1,
    `select count(*) from events where type = 'import.finished'`,
  );
  expect(await installation.rows('select state, total, done, created, skipped, unchanged from imports')).toEqual([
    { state: 'applied', total: ROWS, done: ROWS, created: ROWS, skipped: 0, unchanged: 0 },
  ]);
  expect(await installation.number('select count(distinct name) from contacts')).toBe(ROWS);
  expect(await installation.number('select count(*) from contacts')).toBe(ROWS);
  expect(await installation.number(`select count(*) from events where type = 'contact.created'`)).toBe(ROWS);
  expect(await installation.number(`select count(*) from events where type = 'import.finished'`)).toBe(1);
});
