import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Telephone numbers are searched by what they are compared by, those that are not understood too. Profiles and addresses are looked up in `contact_keys`, so
 * nothing reads their own indexes any more.
 */
export class PhoneKeys1764000000055 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index contacts_by_phone_key on contacts using gin (account_id, phone_keys)');
    await runner.query('drop index contacts_by_profile, contacts_by_address');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
