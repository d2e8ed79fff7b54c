/** The words of a list in an address: joined by commas, or repeated, which is what generated clients send. */
export function wordsIn(given: unknown): string[] {
  const parts: readonly unknown[] = Array.isArray(given) ? given : [given];
  return parts.flatMap((part) => (typeof part === 'string' ? part.split(',') : ['']));
}

/**
 * The values of a list in an address. A text is split at its commas, or is a JSON list. Values of a repeated parameter are not split,
 * so they may contain commas.
 */
export function valuesIn(given: unknown): readonly unknown[] {
  if (typeof given !== 'string') return Array.isArray(given) ? given : [];
  return listIn(given) ?? given.split(',');
}

function listIn(text: string): unknown[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}
