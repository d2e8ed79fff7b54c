import type { ActionsBlock, ContextBlock, HeaderBlock, KnownBlock, PlainTextElement, SectionBlock } from '@slack/types';
import type { ActionLink } from './actions.js';
import { cut } from './cut.js';
import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';
import { wordingOf } from './wording.js';
import type { Wording } from './wording.js';

/** Slack's limits, in characters and elements (docs.slack.dev/reference/block-kit). */
const MOST_HEADER = 150;
const MOST_TEXT = 3_000;
const MOST_CONTEXT = 10;
const MOST_BUTTONS = 25;
const MOST_LABEL = 75;
const MOST_URL = 3_000;
/** The limit of one context line. Slack would take more, but people do not read it. */
const MOST_SMALL = 300;
/** Two blocks each, of the 50 that a message may have. */
const MOST_LISTS = 20;
const BULLET = '• ';

/** The body that an incoming webhook accepts. */
export interface SlackMessage {
  /** The text of notifications and for screen readers, which do not read blocks. */
  readonly text: string;
  /** The text is no Markdown. */
  readonly mrkdwn: false;
  readonly blocks: readonly KnownBlock[];
}

/** A message for a Slack incoming webhook, in Block Kit. */
export function renderSlack(notice: Notice): Rendered {
  return asJson(slackMessage(notice));
}

export function slackMessage(notice: Notice): SlackMessage {
  const wording = wordingOf(notice);
  const mark = notice.sample ? 'Sample: ' : '';
  return { text: escaped(`${mark}${wording.sentence}`, MOST_TEXT), mrkdwn: false, blocks: blocksOf(wording) };
}

function blocksOf({ kind, sentence, context, lists, actions }: Wording): KnownBlock[] {
  const header: HeaderBlock = { type: 'header', text: plain(kind, MOST_HEADER) };
  const section: SectionBlock = { type: 'section', text: plain(sentence, MOST_TEXT) };
  const small: ContextBlock = {
    type: 'context',
    elements: context.slice(0, MOST_CONTEXT).map((line) => plain(line, MOST_SMALL)),
  };
  const buttons = buttonsOf(actions);
  const enumerated = lists.slice(0, MOST_LISTS).flatMap(({ heading, lines }): SectionBlock[] => [
    { type: 'section', text: { type: 'mrkdwn', text: `*${escaped(heading, MOST_SMALL)}*`, verbatim: true } },
    { type: 'section', text: bulleted(lines) },
  ]);
  return [
    header,
    section,
    ...enumerated,
    ...(context.length > 0 ? [small] : []),
    ...(buttons.elements.length > 0 ? [buttons] : []),
  ];
}

/** A link that is longer than Slack accepts is left out: if it were cut, it would lead to another address. */
function buttonsOf(actions: readonly ActionLink[]): ActionsBlock {
  const links = actions.filter(({ url }) => url.length <= MOST_URL).slice(0, MOST_BUTTONS);
  return {
    type: 'actions',
    elements: links.map(({ label, url }, index) => ({
      type: 'button',
      action_id: `link-${index}`,
      text: plain(label, MOST_LABEL),
      url,
    })),
  };
}

/** A line for each item. However long they are, all lines have their share. */
function bulleted(lines: readonly string[]): PlainTextElement {
  const share = Math.floor(MOST_TEXT / Math.max(1, lines.length)) - BULLET.length - 1;
  const text = lines.map((line) => `${BULLET}${escaped(line, Math.min(MOST_SMALL, share))}`).join('\n');
  return { type: 'plain_text', text, emoji: false };
}

/**
 * Text in which nothing formats and nobody is mentioned: Slack's `mrkdwn` has no way to escape `*`, `_`, `~` and
 * backticks.
 */
function plain(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: escaped(text, most), emoji: false };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes the three characters that have a meaning for Slack. A text is cut between entities, never inside one. */
function escaped(text: string, most: number): string {
  for (let length = most; ; length -= 1 + Math.floor(length / 50)) {
    const whole = cut(text, length).replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
    if (whole.length <= most) return whole;
  }
}
