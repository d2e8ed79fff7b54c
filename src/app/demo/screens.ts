import type { KnownBlock } from '@slack/types';
import type { Body } from './stage.js';

/** A Slack message as a channel shows it, in lines of text. */
export function slackLines(message: Body): string[] {
  return (message.blocks as KnownBlock[]).flatMap(linesOf).map(unescaped);
}

function linesOf(block: KnownBlock): string[] {
  switch (block.type) {
    case 'header':
      return [block.text.text];
    case 'section':
      return [block.text?.text ?? ''];
    case 'context':
      return block.elements.flatMap((element) => ('text' in element ? [String(element.text)] : []));
    case 'actions':
      return [block.elements.flatMap((element) => ('text' in element ? [`[ ${element.text.text} ]`] : [])).join(' ')];
    default:
      return [];
  }
}

/** One of Kith's pages as a browser shows it, in lines of text: headings, paragraphs, facts and buttons. */
export function pageLines(page: string): string[] {
  const main = /<main>([^]*)<\/main>/.exec(page)?.[1] ?? '';
  const text = main
    .replace(/<\/dt>\s*<dd>/g, ': ')
    .replace(/<button[^>]*>([^<]*)<\/button>/g, '\n[ $1 ]\n')
    .replace(/<\/?(h1|p|dl|dt|dd|form)[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '');
  const lines = text.split('\n').map((line) => unescaped(line).trim());
  return lines.filter((line) => line !== '');
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}
