import { Parser } from 'htmlparser2';

/** What is inside these is not for readers. */
const UNSEEN = new Set(['script', 'style', 'title', 'template']);
/** These begin and end a line. */
const BLOCKS = new Set([
  ...['address', 'article', 'blockquote', 'br', 'dd', 'div', 'dl', 'dt', 'footer', 'form', 'h1', 'h2', 'h3', 'h4'],
  ...['h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tr', 'ul'],
]);
/** Longer addresses count clicks: they say nothing to a reader. */
const LONGEST_LINK = 300;

/** The text of an HTML body, with the addresses of its links. It builds no tree. */
export function textOfHtml(html: string): string {
  const parts: string[] = [];
  let unseen = 0;
  let link: string | null = null;
  const parser = new Parser({
    onopentag(name, { href = '' }) {
      if (UNSEEN.has(name)) unseen += 1;
      if (BLOCKS.has(name)) parts.push(name === 'li' ? '\n- ' : '\n');
      if (name === 'a') link = /^https?:\/\//i.test(href) && href.length <= LONGEST_LINK ? href : null;
      if (name === 'td' || name === 'th') parts.push(' ');
    },
    ontext(text) {
      if (unseen === 0) parts.push(text.replace(/\s+/g, ' '));
    },
    onclosetag(name) {
      if (UNSEEN.has(name)) unseen -= 1;
      if (BLOCKS.has(name)) parts.push('\n');
      if (name !== 'a' || link === null) return;
      if (parts.at(-1)?.trim() !== link) parts.push(` (${link})`);
      link = null;
    },
  });
  parser.write(html);
  parser.end();
  return parts
    .join('')
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
