import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tags that differ only in white space become one: the program reads them like this from now on, and would not find the others. */
export class TidyTags1764000000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TIDY);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** White space of Unicode, and the byte order mark. */
const SPACES =
  '[\\u0009-\\u000D\\u0020\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF]+';
const tidied = (tag: string): string => `btrim(regexp_replace(${tag}, '${SPACES}', ' ', 'g'), ' ')`;

/** Where a contact carries both, the first place counts. */
const TIDY = `
  update contacts c set tags = array(
    select t.name from (select ${tidied('u.name')} as name, min(u.n) as n from unnest(c.tags) with ordinality u(name, n) group by 1) t order by t.n)
  where exists (select from unnest(c.tags) u(name) where u.name <> ${tidied('u.name')})`;
