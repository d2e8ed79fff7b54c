import { parseUrl } from '../../../../kit/url.js';
import { profileSlug, profileUrl } from '../../../../kit/profile-slug.js';
import type { ContactLink } from '../../contact-link.js';

type Kind = ContactLink['kind'];

const HOSTS: readonly (readonly [host: RegExp, kind: Kind])[] = [
  [/(^|\.)linkedin\.com$/, 'linkedin'],
  [/(^|\.)github\.(com|io)$/, 'github'],
  [/(^|\.)gitlab\.(com|io)$/, 'gitlab'],
  [/(^|\.)codeberg\.(org|page)$/, 'codeberg'],
  [/(^|\.)(bsky\.app|bsky\.social)$/, 'bluesky'],
  [/(^|\.)(twitter|x)\.com$/, 'x'],
  [/(^|\.)discord(app)?\.(com|gg)$/, 'discord'],
  [/(^|\.)(mastodon\.[a-z]+|hachyderm\.io|fosstodon\.org|mas\.to)$/, 'mastodon'],
];
/** What services are called in address books. */
const SERVICES: Readonly<Record<string, Kind>> = {
  github: 'github',
  gitlab: 'gitlab',
  codeberg: 'codeberg',
  linkedin: 'linkedin',
  mastodon: 'mastodon',
  discord: 'discord',
  bluesky: 'bluesky',
  twitter: 'x',
  x: 'x',
  website: 'website',
};

/** A link of a contact, from an address or a handle and what the file calls its service. A profile of LinkedIn is written in one way. */
export function linkOf(value: string, service: string): ContactLink {
  const slug = profileSlug(value);
  if (slug !== null) return { kind: 'linkedin', value: profileUrl(slug) };
  const host = parseUrl(/^https?:/i.test(value) ? value : `https://${value}`)?.hostname ?? '';
  const byHost = HOSTS.find(([pattern]) => pattern.test(host))?.[1];
  if (byHost) return { kind: byHost, value };
  const byName = SERVICES[service.toLowerCase().replace(/[^a-z]/g, '')];
  if (byName) return { kind: byName, value };
  return { kind: /^https?:\/\//i.test(value) || /^[\w-]+(\.[\w-]+)+(\/|$)/.test(value) ? 'website' : 'other', value };
}

/** What a link is compared by: the same profile, or the same text whatever its case and its last slash. */
export function linkKey(value: string): string {
  return profileSlug(value) ?? value.toLowerCase().replace(/\/$/, '');
}

/** The names of the LinkedIn profiles among links. */
export function slugsOf(links: readonly ContactLink[]): string[] {
  return links.flatMap(({ value }) => profileSlug(value) ?? []);
}
