import { ALONE, THIRTY, expectUnharmed, feltBy } from './felt.js';
import type { Bounds } from './felt.js';
import { atOnce } from './attacker.js';
import { casesOf } from './long-form.js';
import { Siege } from './siege.js';
import { promised, tell } from '../harness/figures.js';
import { until } from '../harness/until.js';

/** At a time, in milliseconds. Collecting garbage takes a part of it on a busy machine, so that only the long form checks it. */
const MOST_KEPT = 50;
const MB = 1_048_576;
const FILE = 20 * MB - 1_024;

let siege: Siege;
beforeAll(async () => {
  siege = await Siege.lay();
});
afterAll(() => siege.lift());

/** Others feel nothing, and the event loop is kept for no long time. */
async function expectFree(name: string, attack: () => Promise<unknown>, bounds: Bounds = ALONE): Promise<void> {
  siege.kept();
  const felt = await feltBy({ name, ...siege, afterwards: 3_000 }, attack);
  const kept = siege.kept();
  tell(`  the loop was kept for ${kept.slice(0, 8).join(', ')} ms`);
  expect(kept[0] ?? 0).toBeLessThan(bounds.liveP99);
  promised(kept[0] ?? 0, MOST_KEPT);
  expectUnharmed(felt, bounds);
}

const reminders = (rule: object): object => ({
  operations: Array.from({ length: 1_000 }, (_, n) => ({
    create: {
      title: `Old ${n}`,
      dueAt: new Date((n + 1) * 86_400_000).toISOString(),
      timeZone: 'America/Santiago',
      ...rule,
    },
  })),
});

const OLD_RULES: readonly (readonly [string, object])[] = [
  ['the sparsest', { rrule: 'FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO' }],
  ['FREQ=DAILY', { rrule: 'FREQ=DAILY' }],
  ['COUNT=1000', { rrule: 'FREQ=WEEKLY;INTERVAL=3;COUNT=1000' }],
  ['picked', { rrule: 'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366' }],
  ['every P1D', { every: 'P1D' }],
];

it.each(casesOf(OLD_RULES, 2))('C1: a thousand old reminders, %s, cost only their own account', async (name, rule) => {
  await expectFree(`1,000 reminders from 1970, ${name}`, async () => {
    expect((await siege.attacker.ask('POST', '/v1/reminders/batch', reminders(rule))).status).toBe(200);
    await siege.attacker.ask('GET', '/v1/reminders/preview?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z');
  });
});

describe('C5: a template that computes for long', () => {
  const SLOW = '{% assign a = (1..300000) %}{{ a | where_exp: "i", "i == 1 or i == 2" | size }}';
  const body = (template: string): object => ({
    url: `http://${siege.receiver.host}/slow`,
    eventTypes: ['contact.created'],
    format: 'template',
    template,
  });

  it.each([
    [1, ALONE],
    [30, THIRTY],
  ])('is refused where it is saved, %d at once', async (attackers, bounds) => {
    const statuses: number[] = [];
    await expectFree(
      `${attackers} slow templates are saved`,
      () =>
        atOnce(attackers, async (n) => {
          const { status, text } = await siege.attacker.ask('POST', '/v1/webhooks', body(`${SLOW}${n}`));
          statuses.push(status);
          expect(text).toContain('/template');
        }),
      bounds,
    );
    expect(new Set(statuses)).toEqual(new Set([422]));
  });

  it('fails alone where it is sent', async () => {
    const hidden = `{% if data.name == 'slow' %}${SLOW}{% endif %}{{ type }}`;
    await siege.receiver.trust('/slow', null);
    const { id } = await siege.attacker.make<{ id: string }>('POST', '/v1/webhooks', body(hidden));
    await expectFree('60 events for a slow template', async () => {
      for (let n = 0; n < 60; n += 1) await siege.attacker.make('POST', '/v1/contacts', { name: 'slow' });
    });
    const failed = `select count(*) from attempts where error_code = 'template_too_slow'`;
    await until('its attempts say why they fail', async () => (await siege.installation.number(failed)) > 0);
    await siege.attacker.make('DELETE', `/v1/webhooks/${id}`);
  });
});

const HEADER = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On\n';

/** A file of 20 MB that repeats a text. */
const file = (text: string, header = HEADER): string => header + text.repeat(Math.floor(FILE / text.length));

const FILES: readonly (readonly [string, () => string])[] = [
  ['of lines of commas', () => file(`${','.repeat(1_000)}\n`)],
  ['of one cell', () => file('x')],
  ['of columns without end', () => file('a,', '')],
  ['of headers with all columns', () => file(HEADER, '')],
  ['of commas', () => file(',')],
  ['of headers', () => file('first name\n', '')],
  ['of quotation marks that never end', () => file('"')],
  ['of lines that begin with a quotation mark', () => file('"Ada,Lovelace\n')],
  ['of NULs', () => file('\0')],
  ['of empty lines', () => file('\n')],
];

describe('C8: an import', () => {
  it.each(casesOf(FILES, 4))('%s costs only its own account', async (what, text) => {
    const bytes = Buffer.from(text());
    await expectFree(`20 MB ${what}`, async () => {
      const type = { 'content-type': 'text/csv' };
      const { status } = await siege.attacker.ask('POST', '/v1/imports/linkedin', bytes, type);
      expect([202, 409, 422]).toContain(status);
      const busy = `select count(*) from imports where finished_at is null`;
      await until('the import has ended', async () => (await siege.installation.number(busy)) === 0, 110_000);
    });
  });
});
