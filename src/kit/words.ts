/** The data of an event, in the representation of the contract. */
export type Data = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;

/** A text field in one line, or null if it has no text. */
export function textOf(data: Data, field: string): string | null {
  const value = data[field];
  if (typeof value !== 'string') return null;
  const line = value.replace(/\s+/g, ' ').trim();
  return line === '' ? null : line;
}

/** Writes `no_show`, `startsAt` and `thing.no_show` as words. */
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

/** Those of these that are not empty, joined. */
export function listed(parts: readonly (string | null)[], separator: string): string {
  return parts.filter((part) => part !== null).join(separator);
}

/** Whole days from the time that was due to the event. */
export function daysOverdue(dueAt: unknown, timestamp: string): number {
  const late = typeof dueAt === 'string' ? Date.parse(timestamp) - Date.parse(dueAt) : 0;
  return Number.isFinite(late) ? Math.max(0, Math.floor(late / DAY_MS)) : 0;
}

/** The fields that changed, as in `: dueAt, title`. */
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
