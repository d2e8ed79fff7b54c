import type { TestProgram } from '../../../harness/program.js';

interface Made {
  readonly id: string;
  readonly path: string;
}

/** A calendar, and the path of its secret address. */
export async function makeFeed(program: TestProgram, input: object = { name: 'Mine' }, key?: string): Promise<Made> {
  const asked = key === undefined ? { body: input } : { body: input, key };
  const { body, status } = await program.ask('post', '/v1/calendarFeeds', asked);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { id: body.id, path: new URL(body.url).pathname };
}

/** Asks as a calendar program does: with the address alone. */
export async function fetchFeed(
  program: TestProgram,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer; text: string }> {
  const answer = await fetch(new URL(path, program.address), init);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString('utf8') };
}

/** The properties of each event, unfolded by hand (RFC 5545 §3.1) but not unescaped. */
export function eventsIn(text: string): Record<string, string>[] {
  const blocks = text.replaceAll('\r\n ', '').split('BEGIN:VEVENT\r\n').slice(1);
  return blocks.map((block) => {
    const own = block.replace(/BEGIN:VALARM.*?END:VALARM\r\n/gs, '');
    const lines = own.split('\r\n').filter((line) => line.includes(':'));
    return Object.fromEntries(
      lines.map((line) => {
        const [name = '', ...value] = line.split(':');
        return [name.split(';')[0] ?? '', value.join(':')];
      }),
    );
  });
}
