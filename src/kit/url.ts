/**
 * The URL that a text is, by the URL standard, or null.
 *
 * `URL.canParse` is not asked: on Node 20 it refuses names such as bücher.example, and paths such as /in/jürgen, once it
 * has been called often enough to be optimized.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
