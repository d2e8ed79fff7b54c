import { cut } from './cut.js';
import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';
import type { WordedList } from '../../../platform/contract/catalogue.js';
import { wordingOf } from './wording.js';

/** Discord's limits, in characters (discord.com/developers/docs/resources/message#embed-object-embed-limits). */
const MOST_TITLE = 256;
const MOST_SENTENCE = 3_000;
const MOST_FOOTER = 1_000;
const MOST_FIELD = 1_000;
const MOST_LINE = 100;
const MOST_LINKS = 10;
const MOST_URL = 150;

/** A message for a Discord webhook: one embed. It mentions no user or role, whatever its texts contain. */
export function renderDiscord(notice: Notice): Rendered {
  const { kind, sentence, context, lists, actions } = wordingOf(notice);
  const links = actions.filter(({ url }) => url.length <= MOST_URL && !/[()]/.test(url)).slice(0, MOST_LINKS);
  const footer = cut(context.join(' · '), MOST_FOOTER);
  const embed = {
    title: cut(kind, MOST_TITLE),
    description: [
      escaped(cut(sentence, MOST_SENTENCE / 2)),
      ...links.map(({ label, url }) => `[${escaped(cut(label, 50))}](${url})`),
    ].join('\n'),
    timestamp: notice.timestamp,
    ...(lists.length > 0 ? { fields: lists.map(fieldOf) } : {}),
    ...(footer === '' ? {} : { footer: { text: footer } }),
  };
  return asJson({ embeds: [embed], allowed_mentions: { parse: [] } });
}

/** As many lines as a field can hold. */
function fieldOf({ heading, lines }: WordedList): { name: string; value: string } {
  let value = '';
  for (const line of lines) {
    const next = `- ${escaped(cut(line, MOST_LINE))}\n`;
    if (value.length + next.length > MOST_FIELD) return { name: heading, value: `${value}- …` };
    value += next;
  }
  return { name: heading, value: value.trimEnd() };
}

/** Puts a backslash before every special character of Discord's Markdown, which at most doubles the text. */
function escaped(text: string): string {
  return text.replace(/[\\*_~`|>#[\]()<@-]/g, (sign) => `\\${sign}`);
}
