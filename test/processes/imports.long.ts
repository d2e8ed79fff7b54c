import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Child } from './child.js';
import { Installation } from './installation.js';
import { promised, tell } from '../harness/figures.js';

const ROWS = 20_000;
const MOST_MS = 30_000;
const MOST_MB = 150;
const WARM = 2_000;
/** On a machine that others share. */
const LONGEST_MS = 400_000;

const google = (n: number): string =>
  `F${n},L${n},Company ${n % 900},Engineer,1990-01-02,Met at an evening.,Berlin ::: * myContacts,* Work,p${n}@example.org,Mobile,+49 30 ${100_000 + n}`;
const card = (n: number): string =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nN:M${n};V${n};;;\r\nFN:V${n} M${n}\r\nORG:Company ${n % 900}\r\nTITLE:Engineer\r\nEMAIL;type=WORK:v${n}@example.net\r\nTEL;type=CELL:+49 40 ${100_000 + n}\r\nNOTE:Met at\\nan evening.\r\nUID:card-${n}\r\nEND:VCARD\r\n`;
const all = (row: (n: number) => string, begin = 0, rows = ROWS): string[] =>
  Array.from({ length: rows }, (_, n) => row(begin + n));
const HEADER =
  'First Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value';

let installation: Installation;
let api: Child;
let worker: Child;

beforeAll(async () => {
  installation = await Installation.open();
  api = await installation.start('api');
  worker = await installation.start('worker');
});
afterAll(() => installation.close());

/** What the processes of the program hold, in MB. */
async function held(): Promise<number> {
  const sizes = [api, worker].map(async ({ pid }) =>
    /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')),
  );
  return (await Promise.all(sizes)).reduce((sum, found) => sum + Number(found?.[1] ?? 0) / 1_024, 0);
}

const FILES = {
  google: { type: 'text/csv', row: google, header: [HEADER] },
  vcard: { type: 'text/vcard', row: card, header: [] },
} as const;

/** Sends a file of so many rows, waits until it is imported, and answers the most memory that was held meanwhile. */
async function imported(source: keyof typeof FILES, begin: number, rows: number): Promise<number> {
  const { type, row, header } = FILES[source];
  const finished = `select count(*) from imports where finished_at is not null`;
  const before = await installation.number(finished);
  await installation.sendFile(`/v1/imports/${source}`, type, [...header, ...all(row, begin, rows)].join('\n'));
  let most = await held();
  while ((await installation.number(finished)) === before) {
    await delay(100);
    most = Math.max(most, await held());
  }
  return most;
}

it.each(['google', 'vcard'] as const)(
  '20,000 rows of %s in under 30 s and 150 MB more memory',
  async (source) => {
    // A program that has been in use: its code is compiled, and its heap has the size of its daily work.
    await imported(source, ROWS, WARM);
    const [before, begin] = [await held(), performance.now()];
    const most = await imported(source, 0, ROWS);
    const took = performance.now() - begin;
    const more = Math.round(most - before);
    tell(`${ROWS} rows of ${source}: ${(took / 1_000).toFixed(1)} s, ${more} MB more memory in both processes`);
    const counts = `select state, created, skipped from imports where source = '${source}' and total = ${ROWS}`;
    expect(await installation.rows(counts)).toEqual([{ state: 'applied', created: ROWS, skipped: 0 }]);
    promised(took, MOST_MS);
    expect(more).toBeLessThan(MOST_MB);
  },
  LONGEST_MS,
);
