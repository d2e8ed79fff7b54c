import { cut } from './cut.js';
import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';
import { wordingOf } from './wording.js';

/** The limit of a whole message is 28 kB (learn.microsoft.com/microsoftteams/limits-specifications-teams). */
const MOST_SENTENCE = 2_000;
const MOST_SMALL = 300;
const MOST_LINKS = 6;
const MOST_URL = 2_000;

/** A message for a Teams workflow or incoming webhook: an Adaptive Card 1.4 as its attachment. */
export function renderTeams(notice: Notice): Rendered {
  const { kind, sentence, context, lists, actions } = wordingOf(notice);
  const links = actions.filter(({ url }) => url.length <= MOST_URL).slice(0, MOST_LINKS);
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block(kind, { weight: 'Bolder', size: 'Medium' }),
      block(cut(sentence, MOST_SENTENCE), {}),
      ...lists.flatMap(({ heading, lines }) => [
        block(heading, { weight: 'Bolder', spacing: 'Medium' }),
        ...lines.map((line) => block(`• ${cut(line, MOST_SMALL)}`, { spacing: 'None' })),
      ]),
      ...context.slice(0, 10).map((line) => block(cut(line, MOST_SMALL), { isSubtle: true, spacing: 'None' })),
    ],
    ...(links.length > 0
      ? { actions: links.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: cut(label, 75), url })) }
      : {}),
  };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card };
  return asJson({ type: 'message', summary: cut(sentence, MOST_SMALL), attachments: [attachment] });
}

/** Puts a backslash before the special characters of a card's Markdown, so that a text cannot create links. */
function block(text: string, style: object): object {
  return { type: 'TextBlock', text: text.replace(/[\\*_[\]()`#]/g, (sign) => `\\${sign}`), wrap: true, ...style };
}
