import { setTimeout as delay } from 'node:timers/promises';
import { chance } from './chance.js';
import type { Child } from './child.js';
import { Installation } from './installation.js';
import { tell } from '../harness/figures.js';
import { size } from '../harness/size.js';

/** `KITH_IMPORT_KILLS=20` for a long run. */
const KILLS = Number(process.env.KITH_IMPORT_KILLS ?? 1);
const ROWS = size('KITH_IMPORT_ROWS', 2_000, 800) * KILLS;
const HEADER = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';

let installation: Installation;
let worker: Child;

beforeAll(async () => {
  installation = await Installation.open();
  await installation.start('api');
  worker = await installation.start('worker');
});
afterAll(() => installation.close());

const all = (row: (n: number) => string): string => Array.from({ length: ROWS }, (_, n) => row(n)).join('\n');
/** A file of each kind, and the events of its rows. The messages are with the contacts that the first file adds. */
const FILES = [
  [
    'linkedin',
    'text/csv',
    `${HEADER}\n${all((n) => `F${n},L${n},https://www.linkedin.com/in/p${n},p${n}@example.org,Co,Dev,10 Dec 2025`)}`,
    'contact.created',
  ],
  [
    'vcard',
    'text/vcard',
    all((n) => `BEGIN:VCARD\nVERSION:4.0\nUID:card-${n}\nFN:V${n}\nEMAIL:v${n}@example.net\nEND:VCARD`),
    'contact.created',
  ],
  [
    'linkedin-messages',
    'text/csv',
    `CONVERSATION ID,FROM,SENDER PROFILE URL,RECIPIENT PROFILE URLS,DATE,CONTENT\n${all(
      (n) => `c${n},F${n},https://www.linkedin.com/in/p${n},https://www.linkedin.com/in/me,2025-12-11 10:00:00 UTC,hi`,
    )}`,
    'interaction.logged',
  ],
] as const;

it.each(FILES)(
  `K9: ${KILLS} kills -9 in the middle of ${ROWS} rows of %s lose none, and do none twice`,
  async (source, type, file, event) => {
    const name = source.replace('-', '_');
    const of = `from imports where source = '${name}'`;
    const progress = (): Promise<number> => installation.number(`select coalesce(max(done), 0) ${of}`);
    const before = await installation.number(`select count(*) from events where type = '${event}'`);
    const finished = await installation.number(`select count(*) from events where type = 'import.finished'`);
    await installation.sendFile(`/v1/imports/${source}`, type, file);
    const random = chance(9);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const done = await progress();
      await installation.untilNumber('the import goes on', done + 1, `select coalesce(max(done), 0) ${of}`);
      await delay(random() * 200);
      await worker.kill();
      tell(`killed after ${await progress()} of ${ROWS} rows`);
      worker = await installation.start('worker');
    }
    await installation.untilNumber('the import is finished', 1, `select count(*) ${of} and finished_at is not null`);
    expect(await installation.rows(`select state, total, done, created, skipped, unchanged ${of}`)).toEqual([
      { state: 'applied', total: ROWS, done: ROWS, created: ROWS, skipped: 0, unchanged: 0 },
    ]);
    expect(await installation.number(`select count(*) from events where type = '${event}'`)).toBe(before + ROWS);
    expect(await installation.number(`select count(*) from events where type = 'import.finished'`)).toBe(finished + 1);
    const made = event === 'contact.created' ? 'contacts' : 'interactions';
    expect(await installation.number(`select count(*) from ${made}`)).toBe(before + ROWS);
    expect(await installation.number('select count(distinct name) from contacts')).toBe(
      await installation.number('select count(*) from contacts'),
    );
  },
);
