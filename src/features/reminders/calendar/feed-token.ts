import { createHash, randomBytes } from 'node:crypto';

const TOKEN = /^[\w-]{43}$/;

interface FeedToken {
  /** 32 random bytes in base64url. */
  readonly token: string;
  readonly tokenHash: Buffer;
}

export function newFeedToken(): FeedToken {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashOfToken(token) };
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The path of a calendar. */
export function pathOfToken(token: string): string {
  return `/calendars/${token}.ics`;
}

/** The token in a file name, or null if the name has none. */
export function tokenOfFile(file: string): string | null {
  const token = file.endsWith('.ics') ? file.slice(0, -'.ics'.length) : '';
  return TOKEN.test(token) ? token : null;
}
