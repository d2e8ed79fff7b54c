import type { Data } from './message.js';

const DAY_MS = 86_400_000;

/** A field's text in one line, or null when it has none. */
export function textOf(data: Data, field: string): string | null {
  const value = data[field];
  if (typeof value !== 'string') return null;
  const line = value.replace(/\s+/g, ' ').trim();
  return line === '' ? null : line;
}

/** `job_changed`, `keepInTouchEvery` and `contact.job_changed` as words. */
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

/** The beginning of a text, with an ellipsis where it was cut; never half of a surrogate pair. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
