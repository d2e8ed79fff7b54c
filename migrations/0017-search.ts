import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Search by words as people write them: without accents and case, at any part of a compound, and inside Chinese, Japanese and Korean names. */
export class Search1764000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [LEXEMES, QUERY, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** Without accents and case. Latin letters that Unicode does not take apart have their usual spelling; a backslash separates. */
const folded = (text: string): string => `
  replace(replace(replace(translate(lower(normalize(regexp_replace(normalize(${text}, nfkd), '[\\u0300-\\u036f]', '', 'g'), nfc)),
    'ıøłđðħ\\', 'iolddh/'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')`;
/** The scripts that write no spaces, or whose names are searched by a part. */
const CJK = '\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af';
/** Words without the punctuation around them, but with what `.NET`, `C++` and `C#` consist of. */
const bare = (text: string): string =>
  `regexp_replace(${text}, '(^|\\s)[^[:alnum:].\\s]+|[^[:alnum:]+#\\s]+(?=\\s|$)', ' ', 'g')`;

/**
 * The words of a text: each that spaces separate, its parts between signs other than `+`, `#` and `.`, its letters and digits
 * alone, and each character and pair of characters of Chinese, Japanese and Korean. It calls no other function of ours, because an
 * index is built without the search path that would find one. Most texts are ASCII without signs, so these cost little.
 */
const LEXEMES = `create function search_lexemes(words text) returns tsvector language plpgsql immutable parallel safe as $$
  declare
    plain text := lower(translate(words, E'\\\\\\n\\t\\r', '/   '));
    found text[];
  begin
    if octet_length(words) <> length(words) then plain := ${folded('words')}; end if;
    found := string_to_array(regexp_replace(plain, '[^[:alnum:]]+', ' ', 'g'), ' ');
    if plain ~ '[^[:alnum:] ]' then
      found := found || string_to_array(${bare('plain')}, ' ')
        || string_to_array(${bare(`regexp_replace(plain, '[^[:alnum:]+#.]+', ' ', 'g')`)}, ' ');
    end if;
    if plain ~ '[${CJK}]' then
      found := found || array(select substr(r[1], n, size) from regexp_matches(plain, '[${CJK}]+', 'g') r,
        generate_series(1, length(r[1])) n, generate_series(1, 2) size);
    end if;
    if length(words) > 255 then found := array(select left(w, 255) from unnest(found) w); end if;
    return array_to_tsvector(array_remove(found, ''));
  end $$`;

/** All of the words, each as the beginning of a word; of Chinese, Japanese and Korean the characters in this order. */
const QUERY = `create function search_query(words text) returns tsquery language sql immutable parallel safe as $$
  with tokens as (select token from regexp_split_to_table(${bare(folded('words'))}, '\\s+') token),
  asked as (
    select case
      when token ~ '^[${CJK}]+$' then (select string_agg(quote_literal(substr(token, n, 2)), ' & ')
        from generate_series(1, greatest(length(token) - 1, 1)) n)
      when token ~ '[+#]' or token ~ '^[[:alnum:]]+$' or token !~ '[[:alnum:]]' then quote_literal(token) || ':*'
      else '(' || quote_literal(token) || ':* | (' || (select string_agg(quote_literal(p) || ':*', ' & ')
        from regexp_split_to_table(token, '[^[:alnum:]]+') p where p <> '') || '))'
    end as part from tokens where token <> '')
  select coalesce(string_agg(part, ' & '), '')::tsquery from asked
  $$`;

const INDEXES = [
  ...searchIndex('contacts', ['name', 'emails', 'company', 'title', 'location', 'how_we_met', 'tags', 'notes']),
  ...searchIndex('interactions', ['summary']),
  ...searchIndex('recruiters', ['agency', 'notes']),
  ...searchIndex('interviews', ['company', 'role', 'notes']),
  ...searchIndex('rounds', ['place', 'preparation', 'debrief']),
  ...searchIndex('reminders', ['title', 'note']),
];

function searchIndex(table: string, columns: readonly string[]): string[] {
  const words = columns.map((column) => `search_words(${column})`).join(` || ' ' || `);
  return [
    `drop index ${table}_search`,
    `create index ${table}_search on ${table} using gin (account_id, search_lexemes(${words}))`,
  ];
}
