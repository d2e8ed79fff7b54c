import { readFile, readdir, writeFile } from 'node:fs/promises';
import { wordingOf } from '../../../../src/features/webhooks/formats/wording.js';
import type { Wording } from '../../../../src/features/webhooks/formats/wording.js';
import { sampleNotice } from '../../../../src/features/webhooks/formats/sample.js';
import { slackMessage } from '../../../../src/features/webhooks/formats/slack.js';
import { sentEvents } from '../../../../src/platform/contract/catalogue.js';
import '../../../../src/app/app.module.js';

const GUIDE = 'docs/webhooks.md';
const BEGIN = '<!-- generated: slack -->';
const END = '<!-- end -->';

/** Shown as if it had happened: the guide's reader knows that it did not. */
const LINK = 'https://kith.example/actions/AZd_LmwAcACAAAEjRWeJq1k';
const ACTIONS = [
  ['log_touch', 'Log a touch'],
  ['snooze_1d', 'Snooze a day'],
  ['snooze_1w', 'Snooze a week'],
  ['snooze_1m', 'Snooze a month'],
  ['dismiss', 'Dismiss'],
].map(([name = '', title = '']) => {
  return { name, title, method: 'POST' as const, url: `${LINK}/${name}`, expiresAt: '2026-04-01T10:00:00.000Z' };
});
const notices = () =>
  sentEvents().map((event) => {
    const actions = ['reminder.due', 'reminder.overdue', 'digest.ready'].includes(event.name) ? ACTIONS : [];
    return { ...sampleNotice(event), actions, sample: false };
  });

function plain(type: string, { kind, sentence, context, lists, actions }: Wording): string {
  const lines = [
    `**${kind}**`,
    sentence,
    ...lists.flatMap(({ heading, lines }) => [`**${heading}**`, ...lines.map((line) => `• ${line}`)]),
    ...(context.length > 0 ? [`_${context.join(' · ')}_`] : []),
    ...(actions.length > 0 ? [actions.map(({ label }) => `[\`${label}\`](#action-links)`).join(' ')] : []),
  ];
  return `\`${type}\` ([JSON](slack/${type}.json))\n\n${lines.map((line) => `> ${line}`).join('\\\n')}`;
}

function generated(): Map<string, string> {
  const files = new Map(
    notices().map((notice) => [`docs/slack/${notice.type}.json`, `${JSON.stringify(slackMessage(notice), null, 2)}\n`]),
  );
  const told = notices().map((notice) => {
    return plain(notice.type, wordingOf(notice));
  });
  return files.set(GUIDE, told.join('\n\n'));
}

const between = (guide: string): string => guide.slice(guide.indexOf(BEGIN) + BEGIN.length, guide.indexOf(END)).trim();

/** `WRITE_DOCS=true npm test -- slack-guide` writes what this compares. */
beforeAll(async () => {
  if (process.env.WRITE_DOCS !== 'true') return;
  for (const [path, text] of generated()) {
    const guide = path === GUIDE ? await readFile(GUIDE, 'utf8') : '';
    const whole = `${guide.slice(0, guide.indexOf(BEGIN))}${BEGIN}\n\n${text}\n\n${guide.slice(guide.indexOf(END))}`;
    await writeFile(path, path === GUIDE ? whole : text);
  }
});

it('the guide shows each event as Slack does, and nothing else', async () => {
  const expected = generated();
  expect(expected.size).toBeGreaterThan(25);
  const names = (await readdir('docs/slack')).map((name) => `docs/slack/${name}`);
  expect(names.sort()).toEqual([...expected.keys()].filter((path) => path !== GUIDE).sort());
  for (const [path, text] of expected) {
    const found = await readFile(path, 'utf8');
    expect([path, path === GUIDE ? between(found) : found]).toEqual([path, text]);
  }
});
