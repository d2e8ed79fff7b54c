import { fold } from './fold.js';

const LOCALES = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'pl',
  'sv',
  'da',
  'nb',
  'fi',
  'tr',
  'cs',
  'ro',
  'ru',
  'uk',
  'hu',
  'id',
  'ms',
];
/** Abbreviations of spreadsheets and of older exports, which Unicode's data no longer has. */
const FURTHER: readonly (readonly [name: string, month: number])[] = [
  ['sept', 9],
  ['mrz', 3],
  ['jan', 1],
  ['maerz', 3],
  ['set', 9],
  ['agt', 8],
  ['agu', 8],
];

const names = monthNames();

/** The number of the month with this name or abbreviation in one of twenty languages, or null. The name is folded. */
export function monthNamed(name: string): number | null {
  return names.get(name) ?? null;
}

/** Every name, alone and inside a date (`luty`, `7 lutego`). One that two languages use for two months is none. */
function monthNames(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const [name, month] of [...namesOfLocales(), ...FURTHER]) {
    const known = found.get(name);
    if (known !== undefined && known !== month) ambiguous.add(name);
    found.set(name, month);
  }
  for (const name of ambiguous) found.delete(name);
  return found;
}

function namesOfLocales(): [string, number][] {
  return LOCALES.flatMap((locale) =>
    (['long', 'short'] as const).flatMap((length) => [
      ...namesOf(new Intl.DateTimeFormat(locale, { month: length, timeZone: 'UTC' })),
      ...namesOf(new Intl.DateTimeFormat(locale, { day: 'numeric', month: length, year: 'numeric', timeZone: 'UTC' })),
    ]),
  );
}

function namesOf(format: Intl.DateTimeFormat): [string, number][] {
  return Array.from({ length: 12 }, (_, index) => index).flatMap((index) => {
    const parts = format.formatToParts(Date.UTC(2022, index, 7));
    const name = fold(parts.find(({ type }) => type === 'month')?.value ?? '').replace(/[^\p{L}]/gu, '');
    return name === '' ? [] : [[name, index + 1] as [string, number]];
  });
}
