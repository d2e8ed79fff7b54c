import type { Labelled } from '../person.js';
import { partsOf, unescaped } from './property.js';
import type { Property } from './property.js';

/** Services that had a property each before IMPP. */
export const MESSENGERS: Readonly<Record<string, string>> = {
  'X-SKYPE': 'skype',
  'X-SKYPE-USERNAME': 'skype',
  'X-JABBER': 'xmpp',
  'X-AIM': 'aim',
  'X-ICQ': 'icq',
  'X-MSN': 'msn',
  'X-GTALK': 'xmpp',
  'X-TWITTER': 'twitter',
};

/** The preferred one first: by `PREF=1` of 4.0, or the type `pref` before it. */
export function byPreference(properties: readonly Property[]): Property[] {
  const rank = ({ parameter, types }: Property): number =>
    Number(parameter('PREF') ?? (types.has('pref') ? 1 : 101)) || 101;
  return [...properties].sort((a, b) => rank(a) - rank(b));
}

/** As typed, or a URI (RFC 3966). */
export function phoneIn({ value }: Property): string {
  return unescaped(value)
    .replace(/^tel:/i, '')
    .replace(/;ext=(\d+).*$/i, ' ext. $1')
    .trim();
}

export function birthdayIn(property: Property | undefined): string {
  const omitted = property?.parameter('X-APPLE-OMIT-YEAR');
  const text = unescaped(property?.value ?? '').trim();
  return omitted && text.startsWith(omitted) ? text.replace(omitted, '-') : text;
}

export function addressOf({ value }: Property): string {
  return partsOf(value, ';')
    .map((part) =>
      unescaped(part)
        .replace(/\s*\n\s*/g, ', ')
        .trim(),
    )
    .filter((part) => part !== '')
    .join(', ');
}

/** Where they live: the city and the country of an address, else all of it. */
export function placeOf(property: Property | undefined): string {
  if (!property) return '';
  const parts = partsOf(property.value, ';').map((part) => unescaped(part).trim());
  const place = [parts[3] ?? '', parts[6] ?? ''].filter((part) => part !== '');
  return place.length > 0 ? place.join(', ') : addressOf(property);
}

export function linksIn(properties: readonly Property[], label: (property: Property) => string): Labelled[] {
  return properties.flatMap((property) => {
    const { name, parameter } = property;
    const value = unescaped(property.value).trim();
    const service = parameter('SERVICE-TYPE') ?? parameter('X-SERVICE-TYPE') ?? label(property);
    if (name === 'URL') return [{ label: service === 'other' ? 'website' : service, value }];
    if (['SOCIALPROFILE', 'IMPP'].includes(name)) return [{ label: service, value }];
    // Apple writes `x-apple:handle` where a service has no address.
    if (name === 'X-SOCIALPROFILE')
      return [{ label: service, value: value.replace(/^x-apple:/i, '') || (parameter('X-USER') ?? '') }];
    const messenger = MESSENGERS[name];
    return messenger
      ? [{ label: messenger, value: value.includes(':') || messenger === 'twitter' ? value : `${messenger}:${value}` }]
      : [];
  });
}

/** The group of Google's vCards in which every contact is. */
const EVERYBODY = 'myContacts';

/** Old programs part them by semicolons too; in 4.0 a semicolon of a text may stand as it is (RFC 6350 §3.4). */
export function tagsIn(properties: readonly Property[]): string[] {
  const isFourth = properties.some(({ name, value }) => name === 'VERSION' && value.trim() === '4.0');
  return properties
    .filter(({ name }) => name === 'CATEGORIES')
    .flatMap(({ value }) => partsOf(value, ','))
    .flatMap((part) => (isFourth ? part : partsOf(part, ';')))
    .map((tag) => unescaped(tag).trim())
    .filter((tag) => tag !== '' && tag !== EVERYBODY);
}
