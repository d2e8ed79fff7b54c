import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * JSON objects of the caller's own are merged where they are stored, so that two changes at once lose nothing of each other;
 * e-mail addresses are compared without case; time zones are those that PostgreSQL knows too.
 */
export class ExactInputs1764000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [MERGE, BOUNDED, NULLS, LOWER, ...CASELESS, ...ZONES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward.'));
  }
}

/** JSON Merge Patch (RFC 7396): objects are merged at every level, null removes, and everything else replaces. */
const MERGE = `
  create function json_merge_patch(target jsonb, patch jsonb) returns jsonb language plpgsql immutable parallel safe as $$
  begin
    if jsonb_typeof(patch) <> 'object' then return patch; end if;
    return coalesce((
      select jsonb_object_agg(key, case when p.value is null then t.value else json_merge_patch(t.value, p.value) end)
      from jsonb_each(case jsonb_typeof(target) when 'object' then target else '{}' end) t full join jsonb_each(patch) p using (key)
      where p.value is null or p.value <> 'null'), '{}');
  end $$`;

/** The same for a stored field, which must stay within a size however often it is merged. */
const BOUNDED = `
  create function merged_json(target jsonb, patch jsonb, field text, most int) returns jsonb language plpgsql immutable parallel safe as $$
  declare
    merged jsonb := json_merge_patch(target, patch);
  begin
    if octet_length(merged::text) > most then
      raise exception using errcode = 'KT001', column = field, message = format('%s would have more than %s bytes', field, most);
    end if;
    return merged;
  end $$`;

/** Values that were stored as null although null means absent. */
const NULLS = `
  update contacts set custom = json_merge_patch('{}', custom) where custom <> json_merge_patch('{}', custom)`;

/** A list of texts in lower case. */
const LOWER = `
  create function lower_all(texts text[]) returns text[] language sql immutable strict parallel safe as
  $$ select coalesce(array_agg(lower(t) order by n), '{}') from unnest(texts) with ordinality x(t, n) $$`;

const CASELESS = [
  'drop index contacts_by_email',
  'create index contacts_by_email on contacts using gin (account_id, lower_all(emails))',
];

/** A name that ICU still knows and PostgreSQL no longer does. */
const ZONES = ['accounts', 'contacts', 'reminders', 'rounds'].map(
  (table) => `update ${table} set time_zone = 'America/Los_Angeles' where time_zone = 'US/Pacific-New'`,
);
