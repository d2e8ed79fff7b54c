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

/** What is wrong with a text that should be the address of a page, as the end of a sentence; null when nothing is. */
export function faultOfPageUrl(text: string): string | null {
  const isPage = /^https?:$/.test(parseUrl(text)?.protocol ?? '');
  return isPage ? null : 'must be an absolute URL, such as https://example.org/';
}
