import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Search finds names that are spelt almost like the words, by their trigrams. */
export class Likeness1764000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = ['create extension if not exists pg_trgm', PLAIN, SIMILAR, ...INDEXES];
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** The letters and digits of a text without accents and case, in words that are separated by one space. Folded as in `search_lexemes`. */
const PLAIN = `create function search_plain(words text) returns text language plpgsql immutable parallel safe as $$
  declare
    plain text := lower(words);
  begin
    if octet_length(words) <> length(words) then
      plain := replace(replace(replace(translate(lower(normalize(regexp_replace(normalize(words, nfkd), '[\\u0300-\\u036f]', '', 'g'), nfc)),
        'ıøłđðħ', 'iolddh'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe');
    end if;
    return btrim(regexp_replace(plain, '[^[:alnum:]]+', ' ', 'g'));
  end $$`;

/**
 * What a misspelt name is compared with; null for words that are no name: fewer than four letters say too little, and signs and digits
 * belong to addresses, versions and languages such as C++. Chinese, Japanese and Korean names have too few characters for trigrams.
 */
const SIMILAR = `create function search_similar(words text) returns text language plpgsql immutable parallel safe as $$
  declare
    plain text := search_plain(words);
  begin
    if length(plain) < 4 or words ~ '[0-9@#+/:_]' or plain ~ '[\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]' then return null; end if;
    return plain;
  end $$`;

const INDEXES = [
  likenessIndex('contacts', ['name', 'company']),
  likenessIndex('recruiters', ['agency']),
  likenessIndex('interviews', ['company', 'role']),
];

/** The account comes first, so that an account's search reads no other's entries. */
function likenessIndex(table: string, columns: readonly string[]): string {
  const words = columns.map((column) => `search_words(${column})`).join(` || ' ' || `);
  return `create index ${table}_likeness on ${table} using gin (account_id, search_plain(${words}) gin_trgm_ops)`;
}
