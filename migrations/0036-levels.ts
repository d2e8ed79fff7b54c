import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long the cadence of a contact is, so that a row alone says how urgent its next touch is. */
export class Levels1764000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [COLUMN, DAYS]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const COLUMN = 'alter table contacts add column cadence_days integer';

/** The nominal length of the period, as the program calculates it. */
const DAYS = `
  update contacts c set cadence_days = greatest(1, floor(
      extract(year from every) * 365.2425 + extract(month from every) * 30.436875 + extract(day from every)))
  from (select account_id, id, coalesce(keep_in_touch_every,
      case tier when 'inner' then 'P1M' when 'close' then 'P3M' when 'wide' then 'P6M' end)::interval as every from contacts) e
  where c.account_id = e.account_id and c.id = e.id and c.next_touch_at is not null`;
