import { cut } from './cut.js';
import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';
import { wordingOf } from './wording.js';
import type { Wording } from './wording.js';

/** The limit of a whole message, in bytes (learn.microsoft.com/microsoftteams/limits-specifications-teams). */
const MOST_BYTES = 28_000;
/** How long texts may be, in characters. What is too long in bytes is written again with shorter ones. */
const MOST_SENTENCE = 2_000;
const MOST_SMALL = 300;
const LEAST_SMALL = 20;
const MOST_LINES = 100;
const MOST_LINKS = 6;
const MOST_URL = 1_000;

/** A message for a Teams workflow or incoming webhook: an Adaptive Card 1.4 as its attachment. */
export function renderTeams(notice: Notice): Rendered {
  const wording = wordingOf(notice);
  for (let small = MOST_SMALL; ; small = Math.floor(small / 2)) {
    const message = asJson(messageOf(wording, small));
    if (Buffer.byteLength(message.body) <= MOST_BYTES || small < LEAST_SMALL) return message;
  }
}

function messageOf({ kind, sentence, context, lists, actions }: Wording, small: number): object {
  const links = actions.filter(({ url }) => url.length <= MOST_URL).slice(0, MOST_LINKS);
  const told = cut(sentence, Math.floor((MOST_SENTENCE * small) / MOST_SMALL));
  const share = Math.floor(MOST_LINES / Math.max(1, lists.length));
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block(kind, { weight: 'Bolder', size: 'Medium' }),
      block(told, {}),
      ...lists.flatMap(({ heading, lines }) => [
        block(heading, { weight: 'Bolder', spacing: 'Medium' }),
        ...lines.slice(0, share).map((line) => block(`• ${cut(line, small)}`, { spacing: 'None' })),
      ]),
      ...context.slice(0, 10).map((line) => block(cut(line, small), { isSubtle: true, spacing: 'None' })),
    ],
    ...(links.length > 0
      ? { actions: links.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: cut(label, 75), url })) }
      : {}),
  };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card };
  return { type: 'message', summary: cut(sentence, small), attachments: [attachment] };
}

/** Formatting anywhere, and at the beginning what makes a list or a quotation. */
const SPECIAL = /[\\*_~[\]()`#<>|]|^[-+]|(?<=^\d+)[.)]/g;

/** Puts a backslash before the special characters of a card's Markdown, so that a text cannot create links. */
function block(text: string, style: object): object {
  return { type: 'TextBlock', text: text.replace(SPECIAL, (sign) => `\\${sign}`), wrap: true, ...style };
}
