/** What an event says of its subject, as the wire shows it. */
export type Data = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;

/** A field's text in one line, or null when it has none. */
export function textOf(data: Data, field: string): string | null {
  const value = data[field];
  if (typeof value !== 'string') return null;
  const line = value.replace(/\s+/g, ' ').trim();
  return line === '' ? null : line;
}

/** `no_show`, `startsAt` and `thing.no_show` as words. */
export function wordsOf(name: string): string {
  return name
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
}

export function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is there of these, joined. */
export function listed(parts: readonly (string | null)[], separator: string): string {
  return parts.filter((part) => part !== null).join(separator);
}

/** Whole days between the time that was due and the event, which happened when it rang. */
export function daysOverdue(dueAt: unknown, timestamp: string): number {
  const late = typeof dueAt === 'string' ? Date.parse(timestamp) - Date.parse(dueAt) : 0;
  return Number.isFinite(late) ? Math.max(0, Math.floor(late / DAY_MS)) : 0;
}

/** `: dueAt, title`, say: which fields had other values before. */
export function changed(previous: Data | null): string {
  const names = Object.keys(previous ?? {}).map((field) => wordsOf(field));
  return names.length > 0 ? `: ${names.slice(0, 10).join(', ')}` : '';
}

export function colon(text: string | null): string {
  return text === null ? '' : `: ${text}`;
}

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
