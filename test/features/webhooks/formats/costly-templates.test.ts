import { RenderFailure } from '../../../../src/features/webhooks/formats/message.js';
import { Templates } from '../../../../src/features/webhooks/formats/templates.service.js';
import { tell } from '../../../harness/figures.js';
import { LONG_TO_READ, costlyFilters, costlyTags } from './costly-templates.js';
import { notice } from './notices.js';

const templates = new Templates();
afterAll(() => templates.onApplicationShutdown());

/** One template of every filter; `TEST_TEMPLATES=all` for each of them with everything it may be given, which takes half an hour. */
const isLong = process.env.TEST_TEMPLATES === 'all';

const ORDINARY = '{"text": {{ data.title | json }}}';

/** What becomes of a template: `written`, or what its refusal says. */
async function fate(accountId: string, template: string): Promise<string> {
  return templates.render(accountId, template, notice()).then(
    () => 'written',
    (error: unknown) => (error instanceof RenderFailure ? error.errorCode : String(error)),
  );
}

const FATES = ['written', 'template_failed', 'template_too_slow'];

async function written(accountId: string): Promise<void> {
  expect(await fate(accountId, ORDINARY)).toBe('written');
}

/** Another account is written to while each of them runs, and after all of them. */
async function expectBounded(all: readonly [string, string][], what: string): Promise<void> {
  const counts: Record<string, number> = {};
  for (const [name, template] of all) {
    const [own] = await Promise.all([fate('attacker', template), written('other')]);
    expect([name, FATES.includes(own)]).toEqual([name, true]);
    counts[own] = (counts[own] ?? 0) + 1;
  }
  await written('attacker');
  tell(`${all.length} templates (${what}): ${JSON.stringify(counts)}.`);
}

it('every filter of the library ends, whatever it is given', async () => {
  const all = costlyFilters();
  const names = [...new Set(all.map(([name]) => name))];
  expect(names.length).toBeGreaterThan(60);
  const one = (name: string, number: number): [string, string] => {
    const own = all.filter(([other]) => other === name);
    return own[(number * 7) % own.length] ?? ['', ''];
  };
  await expectBounded(isLong ? all : names.map(one), 'filters');
}, 3_600_000);

it('every tag of the library ends', () => expectBounded(costlyTags(), 'tags'));

it('every template ends that is long to read', () => expectBounded(LONG_TO_READ, 'long to read'));
