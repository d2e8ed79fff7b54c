import type { MigrationInterface, QueryRunner } from 'typeorm';

/** At which encounter a contact was met, through whom, and how exactly the day is known. */
export class HowWeMet1764000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [COLUMNS, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const COLUMNS = `
  alter table contacts
    add column met_on_precision text not null default 'day',
    add column met_on_follows boolean not null default false,
    add column encounter_id uuid,
    add column met_through_id uuid,
    add foreign key (account_id, encounter_id) references encounters (account_id, id) on delete set null (encounter_id),
    add foreign key (account_id, met_through_id) references contacts (account_id, id) on delete set null (met_through_id)`;

/** Most contacts have neither. */
const INDEXES = [
  'create index contacts_by_encounter on contacts (account_id, encounter_id, id) where encounter_id is not null',
  'create index contacts_by_met_through on contacts (account_id, met_through_id, id) where met_through_id is not null',
];
