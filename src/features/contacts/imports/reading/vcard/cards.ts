import type { ImportPlan, Parts } from '../reader.js';
import { contentLines } from './content-lines.js';
import type { ContentLine } from './content-lines.js';

/** The lines of one card, without its frame. */
export interface Card {
  readonly line: number;
  readonly lines: readonly ContentLine[];
  /** Whether the file or the next card begins before its end. */
  readonly isBroken: boolean;
  /** Lines that were left out, because no card is so long. */
  readonly more: number;
}

/** What lies between cards. */
export interface Between {
  lines: number;
}

/** Read in a few milliseconds. */
const MOST_LINES = 1_000;
const MOST_CHARACTERS = 262_144;
const BEGIN = /^BEGIN:VCARD\s*$/i;
const END = /^END:VCARD\s*$/i;

interface Open {
  readonly line: number;
  readonly lines: ContentLine[];
  characters: number;
  more: number;
}

/** The cards of a file. A card within a card, which 2.1 allows for an assistant, is left out. */
export async function* cardsOf(parts: Parts, plan: ImportPlan, between: Between): AsyncGenerator<readonly Card[]> {
  let open: Open | null = null;
  let depth = 0;
  for await (const lines of contentLines(parts(), plan)) {
    const cards: Card[] = [];
    for (const line of lines) {
      // A property `AGENT` ends with the beginning of its card.
      const isInner = open !== null && depth > 0 && isAgent(open);
      if (BEGIN.test(line.text)) {
        if (open && !isInner) cards.push(closed(open, true));
        if (!open || !isInner) [open, depth] = [{ line: line.line, lines: [], characters: 0, more: 0 }, 1];
        else depth += 1;
      } else if (END.test(line.text)) {
        depth = Math.max(0, depth - 1);
        if (open && depth === 0) {
          cards.push(closed(open, false));
          open = null;
        } else if (!open) between.lines += 1;
      } else if (!open) between.lines += 1;
      else if (depth === 1) keep(open, line);
    }
    yield cards;
  }
  if (open) yield [closed(open, true)];
}

function isAgent({ lines }: Open): boolean {
  return /^(?:[\w-]+\.)?AGENT\s*[;:]/i.test(lines.at(-1)?.text ?? '');
}

function keep(open: Open, line: ContentLine): void {
  open.characters += line.text.length;
  if (open.lines.length < MOST_LINES && open.characters <= MOST_CHARACTERS) open.lines.push(line);
  else open.more += 1;
}

function closed({ line, lines, more }: Open, isBroken: boolean): Card {
  return { line, lines, more, isBroken };
}
