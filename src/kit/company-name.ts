import { fold } from './fold.js';

/** Legal forms where no spaces stand between words, before or after the name; the longer ones first. */
const OF_EAST_ASIA = ['股份有限公司', '有限公司', '株式会社', '有限会社', '合同会社', '주식회사'];
/**
 * Words that say what kind of company it is, as they are written once dots are gone: `G.m.b.H.` is `gmbh`, and `s. r. o.` is `sro`.
 * `group` and `holding` are not among them, because they usually name another company.
 */
const FORMS = new Set([
  ...[
    'gmbh mbh ggmbh ag kg kgaa ohg ug haftungsbeschrankt ev eg se',
    'inc incorporated corp corporation co company llc llp lp ltd limited plc pty pte pvt pbc',
    'sa sas sasu sarl eurl srl spa slu sl lda ltda scrl snc bv nv vof cv',
    'ab as asa aps oy oyj hf ehf ou uab sia kft zrt nyrt sro doo dd ad ood eood oo ooo oao pao zao',
    'kk gk bhd sdn jsc pjsc tbk',
  ].flatMap((line) => line.split(' ')),
  ...OF_EAST_ASIA,
]);

/**
 * What a company is compared by: `Acme GmbH`, `ACME`, `Acme, Inc.` and `Açme G.m.b.H. & Co. KG` are `acme`. Accents, case, punctuation
 * and the legal form at the end do not matter; `+` and `#` do, and a dot before a word: `C++`, `C#` and `.NET` stay apart from `C` and
 * `Net`. A name of nothing else stays what it is, so that the key is never empty. The key of a key is the key.
 */
export function companyKey(name: string): string {
  const folded = fold(name);
  return withoutForms(wordsOf(folded)).join(' ') || folded.trim();
}

function wordsOf(folded: string): string[] {
  const plain = folded
    .replace(/['’`´]/g, '')
    .replace(/&/g, ' and ')
    .replace(/(?<!\p{L})(\p{L})\/(?=\p{L}(?!\p{L}))/gu, '$1')
    .replace(new RegExp(OF_EAST_ASIA.join('|'), 'g'), ' $& ')
    .replace(/[^\p{L}\p{M}\p{N}+#.]+/gu, ' ');
  const words = plain.split(' ').map(withoutDots);
  // `s r o` and `j p morgan` are written with dots, without, and with spaces.
  const joined = words
    .filter(Boolean)
    .join(' ')
    .replace(/(?<=(?:^| )\p{L}) (?=\p{L}(?: |$))/gu, '');
  return joined.split(' ');
}

/** A dot before a word stays, as in `.NET`. */
function withoutDots(word: string): string {
  const bare = word.replaceAll('.', '');
  return /^\.+\p{L}/u.test(word) ? `.${bare}` : bare;
}

/** One word is always left. */
function withoutForms(words: readonly string[]): string[] {
  const left = [...words];
  for (let last = left.at(-1); left.length > 1 && FORMS.has(last ?? ''); last = left.at(-1)) {
    left.pop();
    // The sign in `GmbH & Co. KG` and `Acme & Co.`; in `Johnson & Johnson` it stays.
    if (left.length > 1 && left.at(-1) === 'and') left.pop();
    // Poland's `sp. z o.o.`
    if (last === 'oo' && left.length > 2 && left.slice(-2).join(' ') === 'sp z') left.splice(-2);
  }
  while (left.length > 1 && OF_EAST_ASIA.includes(left[0] ?? '')) left.shift();
  return left;
}
