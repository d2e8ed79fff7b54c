import { readFile } from 'node:fs/promises';
import { sampleNotice } from '../../features/webhooks/formats/sample.js';
import { slackMessage } from '../../features/webhooks/formats/slack.js';
import { wordingOf } from '../../features/webhooks/formats/wording.js';
import type { Wording } from '../../features/webhooks/formats/wording.js';
import { sentEvents } from '../../platform/contract/catalogue.js';

const GUIDE = 'docs/webhooks.md';
/** The folder of the messages, one file for each event and nothing else. */
export const SLACK_FOLDER = 'docs/slack';
const BEGIN = '<!-- generated: slack -->';
const END = '<!-- end -->';

/** Not marked as a sample, so that the guide shows the message as it really looks. */
const LINK = 'https://kith.example/actions/AZd_LmwAcACAAAEjRWeJq1k';
const ANSWERED_BY_LINK = ['reminder.due', 'reminder.overdue', 'digest.ready'];
const ACTIONS = [
  ['log_touch', 'Log a touch'],
  ['snooze_1d', 'Snooze a day'],
  ['snooze_1w', 'Snooze a week'],
  ['snooze_1m', 'Snooze a month'],
  ['dismiss', 'Dismiss'],
].map(([name = '', title = '']) => {
  return { name, title, method: 'POST' as const, url: `${LINK}/${name}`, expiresAt: '2026-04-01T10:00:00.000Z' };
});

/** The guide with a message of each event as Slack shows it, and the message itself as JSON. */
export async function slackGuide(): Promise<Map<string, string>> {
  const notices = sentEvents().map((event) => {
    const actions = ANSWERED_BY_LINK.includes(event.name) ? ACTIONS : [];
    return { ...sampleNotice(event), actions, sample: false };
  });
  const told = notices.map((notice) => plain(notice.type, wordingOf(notice))).join('\n\n');
  const guide = await readFile(GUIDE, 'utf8');
  const before = guide.slice(0, guide.indexOf(BEGIN) + BEGIN.length);
  const messages = notices.map((notice): [string, string] => [
    `${SLACK_FOLDER}/${notice.type}.json`,
    `${JSON.stringify(slackMessage(notice), null, 2)}\n`,
  ]);
  return new Map([...messages, [GUIDE, `${before}\n\n${told}\n\n${guide.slice(guide.indexOf(END))}`]]);
}

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
