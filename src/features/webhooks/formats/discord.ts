import type { ActionLink } from './actions.js';
import { cut } from './cut.js';
import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';
import type { WordedList } from '../../../platform/contract/catalogue.js';
import { wordingOf } from './wording.js';

/** Discord's limits, in characters (discord.com/developers/docs/resources/message#embed-object-embed-limits). */
const MOST_TITLE = 256;
const MOST_SENTENCE = 1_000;
const MOST_FOOTER = 500;
/** Of one field; all fields together have twice as much, so that the whole embed stays below 6,000. */
const MOST_FIELD = 1_000;
const MOST_FIELDS = 8;
const MOST_LINE = 100;
const MOST_LINKS_TEXT = 1_000;
const MOST_URL = 150;

/** A message for a Discord webhook: one embed. It mentions no user or role, whatever its texts contain. */
export function renderDiscord(notice: Notice): Rendered {
  const { kind, sentence, context, lists, actions } = wordingOf(notice);
  const footer = cut(context.join(' · '), MOST_FOOTER);
  const shown = lists.slice(0, MOST_FIELDS);
  const share = Math.min(MOST_FIELD, Math.floor((2 * MOST_FIELD) / Math.max(1, shown.length)));
  const embed = {
    title: cut(kind, MOST_TITLE),
    description: [escaped(cut(sentence, MOST_SENTENCE)), ...linksOf(actions)].join('\n'),
    timestamp: notice.timestamp,
    ...(shown.length > 0 ? { fields: shown.map((list) => fieldOf(list, share)) } : {}),
    ...(footer === '' ? {} : { footer: { text: footer } }),
  };
  return asJson({ embeds: [embed], allowed_mentions: { parse: [] } });
}

/** As many links as there is room for. One that is cut would lead to another address. */
function linksOf(actions: readonly ActionLink[]): string[] {
  const links: string[] = [];
  let room = MOST_LINKS_TEXT;
  for (const { label, url } of actions) {
    const link = `[${escaped(cut(label, 50))}](${url})`;
    if (url.length > MOST_URL || /[()]/.test(url) || link.length >= room) continue;
    room -= link.length + 1;
    links.push(link);
  }
  return links;
}

const REST = '- …';

/** As many lines as a field can hold. */
function fieldOf({ heading, lines }: WordedList, most: number): { name: string; value: string } {
  const name = cut(heading, 50);
  let value = '';
  for (const line of lines) {
    const next = `- ${escaped(cut(line, MOST_LINE))}\n`;
    if (value.length + next.length + REST.length > most) return { name, value: `${value}${REST}` };
    value += next;
  }
  return { name, value: value.trimEnd() };
}

/** Puts a backslash before every special character of Discord's Markdown, which at most doubles the text. */
function escaped(text: string): string {
  return text.replace(/[\\*_~`|>#[\]()<@:-]/g, (sign) => `\\${sign}`);
}
