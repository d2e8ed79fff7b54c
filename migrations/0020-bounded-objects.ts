import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A stored JSON object has a bound of keys as well as one of bytes, however often it is merged. */
const BOUNDED = `
  create function merged_json(target jsonb, patch jsonb, field text, most int, most_keys int) returns jsonb language plpgsql immutable parallel safe as $$
  declare
    merged jsonb := json_merge_patch(target, patch);
  begin
    if octet_length(merged::text) > most then
      raise exception using errcode = 'KT001', column = field, message = format('%s would have more than %s bytes', field, most);
    end if;
    if jsonb_typeof(merged) = 'object' and (select count(*) from jsonb_object_keys(merged)) > most_keys then
      raise exception using errcode = 'KT001', column = field, message = format('%s would have more than %s keys', field, most_keys);
    end if;
    return merged;
  end $$`;

/** The function of before stays for programs of the version before, which may still run. */
export class BoundedObjects1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BOUNDED);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
