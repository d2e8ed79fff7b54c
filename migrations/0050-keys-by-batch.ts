import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What many new contacts cost at once, as in an import. */
export class KeysByBatch1764000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [ADD, ...TRIGGER, ...INDEX]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** The keys of all contacts that a statement adds at once, as an import does, instead of a statement for each of them. */
const ADD = `create function add_contact_keys() returns trigger language plpgsql as $$
  begin
    insert into contact_keys (account_id, key, contact_id)
      select n.account_id, k, n.id from added n, unnest(contact_keys(n.name, n.emails, n.phones, n.links, n.company_key)) k
      where n.deleted_at is null on conflict do nothing;
    return null;
  end $$`;

const TRIGGER = [
  'drop trigger contacts_are_added on contacts',
  `create trigger contacts_are_added after insert on contacts referencing new table as added
    for each statement execute function add_contact_keys()`,
];

/**
 * The id comes before the resource. The other way round, (account, resource) begins this index as it begins the primary key, and without
 * statistics PostgreSQL takes either of them to find an external id: this one reads all ids of the account.
 */
const INDEX = [
  'drop index external_ids_of_resource',
  'create index external_ids_of_resource on external_ids (account_id, resource_id, resource)',
];
