import ICAL from 'ical.js';

type Link = { kind: string; value: string };

/** The fields of a contact that a card carries. */
export interface CardFields {
  readonly id: string;
  readonly name: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly company: string | null;
  readonly title: string | null;
  readonly location: string | null;
  readonly timeZone: string | null;
  readonly birthday: string | null;
  readonly pronouns: string | null;
  readonly links: readonly Link[];
  readonly tags: readonly string[];
  readonly notes: string | null;
}

/** Texts that a careless writer breaks on: separators, escapes, formulas, line ends, and characters of several octets. */
const TEXTS = [
  'Ada Lovelace',
  'a;b,c:d\\e\\n"f"',
  '=1+1',
  '+49 30 1',
  '-2',
  '@sum(A1)',
  '＝cmd',
  'two\nlines',
  'BEGIN:VCARD\nEND:VCARD',
  '日本語の名前がとても長くて何行にもなるので折りたたまれる必要がある場合の例です',
  '👩‍👩‍👧‍👦'.repeat(12),
  'é'.repeat(80),
  'x'.repeat(200),
  '\\;\\,',
  'tab\tinside',
];
const LINKS: readonly Link[] = [
  { kind: 'website', value: 'https://ada.example.org/a,b;c?d=e' },
  { kind: 'website', value: 'ada.example.org, the old one' },
  { kind: 'github', value: 'https://github.com/ada' },
  { kind: 'x', value: '@ada;b' },
  { kind: 'linkedin', value: 'https://www.linkedin.com/in/%C3%A9\nX:1' },
];
const DAYS = [null, '1985-12-10', '--02-29', '--12-10'];

/** Contact number n: with `n` all combinations come up. */
export function hostileContact(n: number): CardFields {
  const pick = <T>(from: readonly T[], step: number): T => from[Math.floor(n / step + step * 7) % from.length] as T;
  const maybe = (step: number): string | null => ((n + step) % 3 === 0 ? null : pick(TEXTS, step));
  return {
    id: `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
    name: pick(TEXTS, 1),
    givenName: maybe(2)?.slice(0, 50) ?? null,
    familyName: maybe(3)?.slice(0, 50) ?? null,
    emails: ['ada@example.org', 'ö+tag@example.org'].slice(0, n % 3),
    phones: ['+44 20 7946 0958', '=2', '-3,4;5'].slice(0, n % 4),
    company: maybe(4),
    title: maybe(5),
    location: maybe(7),
    timeZone: n % 2 ? 'Europe/London' : null,
    birthday: pick(DAYS, 1),
    pronouns: n % 5 ? null : 'she/her, they',
    links: LINKS.slice(0, n % 6),
    tags: TEXTS.filter((text) => text.length <= 50).slice(0, n % 9),
    notes: n % 4 ? `${pick(TEXTS, 6)}\n\n${pick(TEXTS, 9)}` : null,
  };
}

type Property = [name: string, parameters: Record<string, string>, type: string, ...values: unknown[]];

/** The cards of a file as an independent reader understands them. */
export function cardsIn(text: string): CardFields[] {
  const parsed = text === '' ? [] : (ICAL.parse(text) as unknown as [string, Property[]] | [string, Property[]][]);
  const cards = typeof parsed[0] === 'string' ? [parsed as [string, Property[]]] : (parsed as [string, Property[]][]);
  return cards.map(([, properties]) => fieldsOf(properties.map(whole)));
}

/** The reader leaves the semicolons of a text escaped, as they are in every text of vCard 3.0 (RFC 2426 §4). */
function whole([name, parameters, type, ...values]: Property, _: number, all: readonly Property[]): Property {
  const isThird = all.some(([known, , , version]) => known === 'version' && version === '3.0');
  const isCompound = ['n', 'adr', 'org'].includes(name);
  const texts = values.map((value) => (typeof value === 'string' ? value.replaceAll('\\;', ';') : value));
  return isThird && type === 'text' && !isCompound
    ? [name, parameters, type, ...texts]
    : [name, parameters, type, ...values];
}

function fieldsOf(properties: readonly Property[]): CardFields {
  const all = (...names: string[]): Property[] => properties.filter(([name]) => names.includes(name));
  const one = (...names: string[]): string | null => (all(...names)[0]?.[3] as string | undefined) ?? null;
  const [family, given] = namesIn((all('n')[0]?.[3] ?? []) as string[], one('fn'), one('x-kith-whole-name') !== null);
  const address = (all('adr')[0]?.[3] ?? []) as string[];
  return {
    id: one('uid')?.replace('urn:uuid:', '') ?? '',
    name: one('fn') ?? '',
    givenName: given || null,
    familyName: family || null,
    emails: all('email').map(([, , , value]) => String(value)),
    phones: all('tel').map(([, , , value]) => String(value)),
    company: one('org'),
    title: one('title'),
    location: address[3] || null,
    timeZone: one('tz'),
    birthday: birthdayIn(all('bday')[0]),
    pronouns: one('pronouns', 'x-pronouns'),
    links: all('url', 'socialprofile', 'x-socialprofile').map(([name, parameters, , value]) => ({
      kind: name === 'url' ? 'website' : (parameters['service-type'] ?? parameters.type ?? ''),
      value: String(value),
    })),
    tags: all('categories').flatMap(([, , , ...values]) => values.map(String)),
    notes: one('note'),
  };
}

/** Without known parts, the whole name is where telephones look for one. */
function namesIn([family = '', given = '']: readonly string[], full: string | null, isWhole: boolean): string[] {
  if (isWhole && (family !== '' || given !== full)) throw new Error(`N of ${full} is ${family};${given}.`);
  return isWhole ? ['', ''] : [family, given];
}

function birthdayIn(property: Property | undefined): string | null {
  if (!property) return null;
  const [, parameters, , value] = property;
  const day = String(value).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return day.startsWith('--') || parameters['x-apple-omit-year']
    ? `--${day.slice(-5).replace(/^-?(\d\d)-?(\d\d)$/, '$1-$2')}`
    : day;
}
