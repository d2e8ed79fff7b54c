import { InstallationService } from '../../src/features/accounts/installation.service.js';
import { Doctor } from '../../src/platform/doctor/doctor.js';
import { Days } from '../../src/app/seed/days.js';
import { storyOf } from '../../src/app/seed/story.js';
import { seed } from '../../src/app/seed/seed.js';
import type { Body, Face } from '../harness/face.js';
import { faceOf, faces } from '../harness/faces.js';
import { TestProgram } from '../harness/program.js';

const KINDS = [
  ...['Contact', 'Circle', 'Membership', 'Encounter', 'Interaction', 'Employment', 'Favour'],
  ...['Recruiter', 'Interview', 'Round', 'Reminder', 'ContactMerge'],
] as const;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

type Seeded = Readonly<Record<string, readonly Body[]>>;

let program: TestProgram;
const keys: string[] = [];
let said: readonly string[] = [];

interface Filled {
  readonly key: string;
  readonly lines: readonly string[];
}

async function seeded(number: number): Promise<Filled> {
  const installation = program.app.get(InstallationService);
  const { accountId, secret } = await installation.addAccount(`Seed ${number}`, 'Europe/Berlin');
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  await seed(program.app, { account: accountId, number, say, show: () => undefined });
  return { key: secret, lines };
}

beforeAll(async () => {
  program = await TestProgram.start();
  const both = await Promise.all([seeded(1), seeded(1)]);
  keys.push(...both.map(({ key }) => key));
  said = both[0].lines;
});
afterAll(() => program.stop());

async function allOf(face: Face, type: string): Promise<Body[]> {
  const rows: Body[] = [];
  for (let after: string | null = null; ;) {
    const page = await face.page(type, { first: 100, ...(after === null ? {} : { after }) });
    rows.push(...page.rows);
    after = page.endCursor;
    if (!page.hasNextPage || after === null) return rows;
  }
}

describe.each(faces)('a seeded account over %s', (name) => {
  let [first, second]: Seeded[] = [];

  const shown = async (key = ''): Promise<Seeded> => {
    const face = faceOf(name, program).as(key);
    const lists = [];
    for (const type of KINDS) lists.push([type, await allOf(face, type)]);
    return Object.fromEntries(lists) as Seeded;
  };
  /** Ids apart; the clock stands still. */
  const plain = (rows: Seeded = {}) =>
    Object.entries(rows).map(([type, list]) => [
      type,
      list.map((row) => JSON.stringify(row).replace(UUID, 'id')).sort(),
    ]);

  beforeAll(async () => {
    [first, second] = [await shown(keys[0]), await shown(keys[1])];
  });

  it('is the same for the same number', () => {
    expect(plain(second)).toEqual(plain(first));
  });

  it('has 300 contacts, of whom some are due, overdue, fading and warm', async () => {
    const contacts = first?.Contact ?? [];
    expect(contacts).toHaveLength(300);
    const levels = contacts.map(({ level }) => String(level));
    const counts = ['due', 'overdue', 'fading'].map((level) => levels.filter((one) => one === level).length);
    expect(counts).toEqual([7, 6, 6]);
    const { rows: fading } = await faceOf(name, program)
      .as(keys[0] ?? '')
      .page('Contact', { list: 'fading', first: 100 });
    expect(fading.filter(({ level }) => level === 'fading')).toHaveLength(6);
    expect(fading.length).toBeGreaterThan(12);
    const days = (first?.Interaction ?? []).map(({ occurredAt }) => String(occurredAt)).sort();
    expect(days.length).toBeGreaterThan(700);
    expect([days[0]?.slice(0, 7), (days.at(-1) ?? '') < program.clock.now().toISOString()]).toEqual(['2024-03', true]);
  });

  it('rings little that is late, and has recruiters parked, rounds and follow-ups ahead', () => {
    const now = program.clock.now().toISOString();
    const late = first?.Reminder?.filter(({ dueAt }) => String(dueAt) <= now) ?? [];
    expect(late).toHaveLength(7 + 6 + 6 + 1);
    const ahead = first?.Reminder?.filter(({ dueAt }) => String(dueAt) > now).map(({ kind }) => String(kind)) ?? [];
    const counts = ['check_back', 'follow_up', 'round_upcoming', 'manual'].map(
      (kind) => ahead.filter((one) => one === kind).length,
    );
    expect(counts).toEqual([7, 6, 3, 5]);
  });

  it('lets the duplicates be found, shows the merge, the other job and the way to a stranger', async () => {
    const ask = async (path: string): Promise<Body> =>
      (await program.ask('get', path, { key: keys[0] ?? '' })).body as Body;
    const { data } = (await ask('/v1/contacts/duplicates')) as { data: Body[] };
    expect(data.map(({ firstName, secondName, certainty }) => [firstName, secondName, certainty])).toEqual([
      ['Rafael Quintamar', 'Rafa', 'certain'],
      ['Kehinde Oyelarin', 'K. Oyelarin', 'suggested'],
    ]);
    const { chains } = (await ask('/v1/introductions?company=quietriver%20robotics')) as {
      chains: { people: Body[] }[];
    };
    expect(chains.map(({ people }) => people.map(({ name }) => name))).toContainEqual([
      'Amara Lindqvarn',
      'Bram Achterveld',
      'Yuki Amberlyn',
    ]);
    expect(first?.ContactMerge).toHaveLength(1);
    const jobs = first?.Employment?.filter(({ company }) => company === 'Pebblewick' || company === 'Lanternfold');
    expect(jobs).toContainEqual(expect.objectContaining({ company: 'Lanternfold', title: 'Head of platform' }));
  });
});

it('is another one for another number, with the same cast', () => {
  const days = new Days(program.clock.now(), { timeZone: 'UTC' });
  const [ours, theirs] = [1, 2].map(
    (number) => new Set(storyOf(number, days).people.map(({ contact }) => contact.name)),
  );
  const both = [...(ours ?? [])].filter((name) => theirs?.has(name));
  expect(both.length).toBeLessThan(150);
  expect(both).toContain('Amara Lindqvarn');
});

it('names nobody that can be reached', async () => {
  const { body } = await program.ask('get', '/v1/contacts?first=100&fields=emails,phones,links', {
    key: keys[0] ?? '',
  });
  const { data } = body as { data: { emails: string[]; links: { value: string }[] }[] };
  const places = data.flatMap(({ emails, links }) => [...emails, ...links.map(({ value }) => value)]);
  expect(places.filter((place) => !place.endsWith('.example'))).toEqual([]);
});

it('says what to look at next, and goes only into an empty account', async () => {
  expect(said[0]).toMatch(
    /^Seed 1: 300 contacts, \d+ interactions, 7 circles, 23 encounters, 12 recruiters, 5 interviews/,
  );
  for (const request of said) {
    const path = /\$KITH(\S+)"/.exec(request)?.[1];
    if (path) expect([path, (await program.ask('get', path, { key: keys[0] ?? '' })).status]).toEqual([path, 200]);
  }
  const { rows } = await program.pool.query(`select id from accounts where name = 'Seed 1' limit 1`);
  const wish = { account: String(rows[0]?.id), number: 1, say: () => undefined, show: () => undefined };
  await expect(seed(program.app, wish)).rejects.toThrow(/is not empty.*kith accounts create/);
});

it('keeps every promise that the doctor checks', async () => {
  const found = [];
  for await (const finding of program.app.get(Doctor).findings(false)) found.push(finding);
  expect(found).toEqual([]);
});
