/**
 * The parsed URL of a text, by the URL standard, or null.
 *
 * `URL.canParse` is not used: on Node 20, once it has been called often enough to be optimized, it refuses names such as
 * bücher.example and paths such as /in/jürgen.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
