import { normalizeText } from './text.js';

const PROFILE = /^(?:https?:)?(?:\/\/)?(?:[\w-]+\.)*linkedin\.com\/(?:m(?:obile|wlite)?\/)?(in|pub)\/([^?#]+)/i;

/**
 * The name by which a LinkedIn profile is known, however its address is written: with or without `www` or a country,
 * in any case, percent-encoded, with a language, a query or a slash after it. Null for any other address.
 *
 * A public profile of the first years, `/pub/ada-lovelace/1/23/45b`, is the same as `/in/ada-lovelace-45b0231`.
 */
export function profileSlug(url: string): string | null {
  const [, kind = '', path = ''] = PROFILE.exec(url.trim()) ?? [];
  const [name = '', ...rest] = path.split('/').map(decoded);
  const slug = normalizeText(name).trim().toLowerCase();
  if (slug === '' || slug.length > 200) return null;
  const [one = '', two = '', three = ''] = rest.map((part) => part.toLowerCase());
  const isOld = kind.toLowerCase() === 'pub' && one !== '' && two !== '' && three !== '';
  return isOld ? `${slug}-${three.padStart(3, '0')}${two.padStart(3, '0')}${one}` : slug;
}

/** The address of the profile with this name. */
export function profileUrl(slug: string): string {
  return `https://www.linkedin.com/in/${encodeURIComponent(slug)}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
