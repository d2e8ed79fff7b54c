const INDENT = '   ';
const MOST_COLUMNS = 100;

let steps = 0;

/** One part of the story begins: a numbered line, bold where the terminal can show it. */
export function step(sentence: string): void {
  steps += 1;
  const line = `${steps}. ${sentence}`;
  const isShown = process.stdout.isTTY && process.stdout.hasColors();
  tell('', isShown ? `\u001b[1m${line}\u001b[22m` : line);
}

/** What was done or seen, beneath its step. */
export function note(...sentences: readonly string[]): void {
  tell(
    ...sentences.flatMap((sentence) => wrapped(sentence, MOST_COLUMNS - INDENT.length)).map((line) => INDENT + line),
  );
}

/** What another program shows: a page, a chat message. */
export function screen(name: string, lines: readonly string[]): void {
  const width = MOST_COLUMNS - INDENT.length - 2;
  const body = lines.flatMap((line) => wrapped(line, width)).map((line) => `\u2502 ${line}`);
  tell(...[`\u250c\u2500 ${name}`, ...body, '\u2514\u2500'].map((line) => INDENT + line));
}

export function tell(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Breaks lines between words only, so that addresses stay whole. The following lines keep the indent of the first. */
function wrapped(text: string, width: number): string[] {
  const [indent = ''] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  for (const word of text.trim().split(/(?<=\S) /)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines;
}
