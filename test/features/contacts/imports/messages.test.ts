import { readFileSync } from 'node:fs';
import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Importing } from './importing.js';

const FILES = new URL('../../../../../test/features/contacts/imports/files/linkedin-messages/', import.meta.url);
const ME = 'https://www.linkedin.com/in/me-myself';

/** Each file, and what is logged: the time, the direction, what it says, whether it is a touch, and with how many contacts; else why not. */
const CASES = [
  [
    'conversations.csv',
    {},
    [
      ['2024-03-02T09:10:11.000Z', 'inbound', 'Hello, are you at the conference?', true, 1],
      ['2024-03-02T10:00:00.000Z', 'outbound', 'Yes!\nSee you there', true, 1],
      ['2024-03-05T08:00:00.000Z', 'inbound', 'Webinar: Join us', false, 1],
    ],
    [
      ['created', []],
      ['created', []],
      ['created', []],
      ['skipped', ['The sender has no profile: sponsored, or no member of LinkedIn any more.']],
      ['skipped', ['No contact has the profile linkedin.com/in/un-known.']],
      ['skipped', ['The message is a draft, which was never sent.']],
    ],
  ],
  [
    'of-2021.csv',
    { ownProfile: ME },
    [['2021-01-05T10:00:00.000Z', 'inbound', 'Job opportunity: Are you open?', true, 1]],
    [
      ['created', []],
      ['skipped', ['The file does not say the profile of the recipient.']],
      ['skipped', ['The file does not say the profile of the recipient.']],
    ],
  ],
  [
    'groups.csv',
    {},
    [
      ['2023-06-01T10:00:00.000Z', 'outbound', 'On Friday?', true, 2],
      ['2023-06-01T11:00:00.000Z', 'inbound', 'Yes', true, 1],
      ['2023-06-02T11:00:00.000Z', 'outbound', 'My new blog', false, 1],
    ],
    [
      ['created', []],
      ['created', []],
      ['created', []],
    ],
  ],
  [
    'declared.csv',
    { ownProfile: ME },
    [
      ['2022-02-02T10:00:00.000Z', 'inbound', 'one', true, 1],
      ['2022-02-02T10:00:01.000Z', 'inbound', 'two', false, 1],
    ],
    [
      ['created', []],
      ['skipped', ['The same message is already in this file, on line 2.']],
      ['created', []],
    ],
  ],
  [
    'through-a-spreadsheet.csv',
    {},
    [['2022-02-02T10:00:00.000Z', 'inbound', 'Grüße', true, 1]],
    [
      ['created', []],
      ['skipped', ['“yesterday” is not a date such as 2023-05-01 12:34:56 UTC.']],
      ['skipped', ['“2022-02-30 10:00:00 UTC” is not a date such as 2023-05-01 12:34:56 UTC.']],
    ],
  ],
] as const;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

async function withContacts(face: 'rest' | 'graphql') {
  const program = await shared.asAnother();
  for (const [name, slug] of [
    ['Grace Hop', 'grace-hop'],
    ['Lin Wei', 'lin-wei'],
    ['Zoë Ünal', 'zo%C3%AB'],
  ]) {
    const links = [{ kind: 'linkedin', value: `https://linkedin.com/in/${slug}/` }];
    await program.ask('post', '/v1/contacts', { body: { name, links } });
  }
  await program.events();
  const importing = new Importing(face, program);
  const logged = async () => (await program.ask('get', '/v1/interactions?sort=occurredAt')).body.data;
  const lastTouches = async () =>
    (await program.ask('get', '/v1/contacts?sort=id')).body.data.map(
      (one: { lastTouchAt: unknown }) => one.lastTouchAt,
    );
  return { program, importing, logged, lastTouches };
}

type Logged = { occurredAt: string; direction: string; summary: string; countsAsTouch: boolean; contactIds: string[] };

describe.each(faces)('messages over %s', (face) => {
  it.each(CASES)('%s', async (name, options, interactions, rows) => {
    const { program, importing, logged, lastTouches } = await withContacts(face);
    const file = readFileSync(new URL(name, FILES));
    const send = () => importing.send(file, { source: 'linkedin-messages', ...options });
    const { it, detail, rows: told } = await send();
    expect([detail, it.state, it.created]).toEqual(['', 'applied', interactions.length]);
    expect(told.map(({ outcome, problems }) => [outcome, problems])).toEqual(rows);
    expect(told.filter((row) => row.outcome === 'created' && row.name === null)).toEqual([]);
    const found = (await logged()) as Logged[];
    expect(
      found.map(({ occurredAt, direction, summary, countsAsTouch, contactIds }) => [
        ...[occurredAt, direction, summary, countsAsTouch, contactIds.length],
      ]),
    ).toEqual(interactions);
    expect(it.notes).toHaveLength('ownProfile' in options ? 1 : 2);
    const contacts = (await program.ask('get', '/v1/contacts')).body.data;
    expect(contacts).toHaveLength(3);
    await program.events();
    expect((await send()).it).toMatchObject({ created: 0, unchanged: interactions.length });
    expect(await program.events()).toEqual(['import.finished']);
    expect((await importing.act('reversal', it.id)).it).toMatchObject({ reverted: interactions.length });
    expect(await logged()).toEqual([]);
    expect(await lastTouches()).toEqual([null, null, null]);
    expect((await send()).it.created).toBe(interactions.length);
  });
});

it('a message of a clock that is ahead is a touch when its time has come', async () => {
  const { program, importing, lastTouches } = await withContacts('rest');
  const [header, message] = readFileSync(new URL('conversations.csv', FILES), 'utf8').split('\n');
  const later = message?.replace('2024-03-02 09:10:11', '2026-03-05 09:10:11');
  const given = { source: 'linkedin-messages', ownProfile: ME } as const;
  const { it } = await importing.send([header, later].join('\n'), given);
  expect([it.created, (await lastTouches())[0]]).toEqual([1, null]);
  program.clock.set('2026-03-05T09:10:11.000Z');
  await program.app.get(RingsService).ringDue();
  expect((await lastTouches())[0]).toBe('2026-03-05T09:10:11.000Z');
});

it('a preview logs nothing; what I deleted stays deleted, and what I changed is not reverted', async () => {
  const { program, importing, logged, lastTouches } = await withContacts('rest');
  const file = readFileSync(new URL('conversations.csv', FILES));
  const preview = await importing.send(file, { source: 'linkedin-messages', preview: true });
  expect(preview.it).toMatchObject({ state: 'previewed', created: 3, skipped: 3 });
  expect(await logged()).toEqual([]);
  expect(await program.events()).toEqual([]);
  const { it } = await importing.act('application', preview.it.id);
  expect(await program.events()).toEqual([
    ...['interaction.logged', 'interaction.logged', 'interaction.logged', 'contact.updated', 'import.finished'],
  ]);
  // The sponsored message of the fifth of March is no touch.
  expect((await lastTouches())[0]).toBe('2024-03-02T10:00:00.000Z');
  const [first, second] = await logged();
  await program.ask('delete', `/v1/interactions/${first.id}`);
  await program.ask('patch', `/v1/interactions/${second.id}`, { body: { summary: 'About the conference' } });
  const again = await importing.send(file, { source: 'linkedin-messages' });
  expect(again.it).toMatchObject({ created: 0, unchanged: 2, skipped: 4 });
  expect(again.rows[0]).toMatchObject({
    outcome: 'skipped',
    problems: ['You deleted this interaction, so it is not logged again.'],
  });
  const reverted = await importing.act('reversal', it.id);
  expect(reverted.it).toMatchObject({ reverted: 1 });
  expect(reverted.rows.slice(0, 2)).toMatchObject([
    { outcome: 'kept', problems: ['Not reverted: the interaction was changed or deleted since it was logged.'] },
    { outcome: 'kept' },
  ]);
  expect(await logged()).toMatchObject([{ summary: 'About the conference' }]);
});
