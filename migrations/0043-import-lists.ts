import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files tell several addresses, numbers, links and tags of a person, where `Connections.csv` told one address and one profile. */
export class ImportLists1764000000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [SAID, RECORDS]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const PROFILE = `'https://www.linkedin.com/in/'`;

/** What the last file said of each contact. Links are compared by the name of their profile, however it is encoded. */
const SAID = `
  update imported_contacts set said = said - 'email' - 'slug'
      || case when said ? 'email' then jsonb_build_object('emails', jsonb_build_array(said -> 'email')) else '{}' end
      || case when said ? 'slug' then jsonb_build_object('links', jsonb_build_array(${PROFILE} || (said ->> 'slug'))) else '{}' end
    where said ?| array['email', 'slug']`;

/** The rows of previews that wait for their application. */
const RECORDS = `
  update import_rows set record = record - 'email' - 'slug' || jsonb_build_object(
      'pronouns', null, 'location', null, 'birthday', null, 'notes', null, 'phones', '[]'::jsonb, 'tags', '[]'::jsonb, 'custom', '{}'::jsonb,
      'emails', case when record ->> 'email' is null then '[]'::jsonb else jsonb_build_array(record -> 'email') end,
      'links', case when record ->> 'slug' is null then '[]'::jsonb
        else jsonb_build_array(jsonb_build_object('kind', 'linkedin', 'value', ${PROFILE} || (record ->> 'slug'))) end)
    where record ? 'slug'`;
