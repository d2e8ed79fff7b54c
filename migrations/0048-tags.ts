import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tags that contacts carry, each once, and who carries it. The database keeps both as contacts are written. */
export class Tags1764000000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [TAGS, CARRIED, ...INDEXES, ...FILL, KEEP, ...KEPT]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const TAGS = `
  create table tags (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    name text not null,
    primary key (account_id, id),
    unique (account_id, name)
  )`;

/** Contacts in the trash carry nothing. */
const CARRIED = `
  create table contact_tags (
    account_id uuid not null,
    tag_id uuid not null,
    contact_id uuid not null,
    primary key (account_id, tag_id, contact_id),
    foreign key (account_id, tag_id) references tags (account_id, id) on delete cascade,
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
  )`;

const INDEXES = [
  'create index tags_sorted_by_name on tags (account_id, name collate "und-x-icu", id)',
  'create index tags_name_trigrams on tags using gin (account_id, name gin_trgm_ops)',
  'create index contact_tags_of_contact on contact_tags (account_id, contact_id, tag_id)',
];

const FILL = [
  `insert into tags (account_id, id, created_at, updated_at, name)
    select x.account_id, new_id(), x.since, x.since, x.name from (
      select c.account_id, t as name, min(c.created_at) as since from contacts c, unnest(c.tags) t where c.deleted_at is null group by 1, 2) x`,
  `insert into contact_tags (account_id, tag_id, contact_id)
    select distinct c.account_id, t.id, c.id from contacts c, unnest(c.tags) u join tags t on t.name = u
    where c.deleted_at is null and t.account_id = c.account_id`,
];

/** Tags of contacts, as three lists: of whom, which, and on which contact. */
const lists = (name: string): string => `${name}_accounts uuid[], ${name}_names text[], ${name}_contacts uuid[]`;
const rowsOf = (name: string): string =>
  `unnest(${name}_accounts, ${name}_names, ${name}_contacts) x(account_id, name, contact_id)`;
/**
 * What contacts lost and gained. Whoever gives a lost tag to another contact meanwhile waits, because the tag may be gone. A gained tag that is
 * there is held, so that nobody takes it away before the contact carries it; one that was just taken away is added again. Everybody locks tags in the
 * order of their names. Tables that grew since they were analysed would be read whole for each tag, were that allowed.
 */
const KEEP = `create function keep_tags(${lists('gone')}, ${lists('come')}, at timestamptz) returns void language plpgsql set enable_seqscan = off as $$
  declare
    tag record;
  begin
    for tag in
      select x.account_id, x.name, bool_or(x.is_gone) as is_gone, bool_or(not x.is_gone) as is_come from (
        select x.account_id, x.name, true as is_gone from ${rowsOf('gone')} union all select x.account_id, x.name, false from ${rowsOf('come')}) x
      group by 1, 2 order by 1, 2
    loop
      if tag.is_gone then
        perform from tags t where t.account_id = tag.account_id and t.name = tag.name for update;
      end if;
      while tag.is_come loop
        perform from tags t where t.account_id = tag.account_id and t.name = tag.name for key share;
        exit when found;
        insert into tags (account_id, id, created_at, updated_at, name) values (tag.account_id, new_id(), at, at, tag.name)
          on conflict (account_id, name) do nothing;
      end loop;
    end loop;
    delete from contact_tags l using ${rowsOf('gone')}, tags t
      where t.account_id = x.account_id and t.name = x.name and l.account_id = t.account_id and l.tag_id = t.id and l.contact_id = x.contact_id;
    insert into contact_tags (account_id, tag_id, contact_id)
      select x.account_id, t.id, x.contact_id from ${rowsOf('come')} join tags t on t.account_id = x.account_id and t.name = x.name
      on conflict do nothing;
    delete from tags t where (t.account_id, t.name) in (select x.account_id, x.name from ${rowsOf('gone')})
      and not exists (select from contact_tags l where l.account_id = t.account_id and l.tag_id = t.id);
  end $$`;

const carriedIn = (rows: string): string =>
  `select account_id, unnest(tags) as name, id as contact_id from ${rows} where deleted_at is null`;

/** The rows of the one that the other lacks. Never by a join: a plan that was made for one contact would take minutes for 10,000. */
const listed = (into: string, rows: string): string =>
  `select array_agg(x.account_id) as accounts, array_agg(x.name) as names, array_agg(x.contact_id) as contacts into ${into} from (${rows}) x;`;
const passed = (name: string): string => `${name}.accounts, ${name}.names, ${name}.contacts`;
const NOTHING = 'null::uuid[], null::text[], null::uuid[]';

const [OLD, NEW] = [carriedIn('old_rows'), carriedIn('new_rows')];
const LATEST = '(select max(updated_at) from new_rows)';

/** One function for each verb, because each sees other rows. They run once for a statement, however many contacts it writes. */
const VERBS = [
  {
    verb: 'insert',
    sees: 'new table as new_rows',
    body: `${listed('come', `select distinct * from (${NEW}) y`)} perform keep_tags(${NOTHING}, ${passed('come')}, ${LATEST});`,
  },
  {
    verb: 'update',
    sees: 'old table as old_rows new table as new_rows',
    body: `${listed('gone', `${OLD} except ${NEW}`)} ${listed('come', `${NEW} except ${OLD}`)}
      if gone.names is not null or come.names is not null then
        perform keep_tags(${passed('gone')}, ${passed('come')}, ${LATEST});
      end if;`,
  },
  {
    verb: 'delete',
    sees: 'old table as old_rows',
    body: `${listed('gone', `select distinct * from (${OLD}) y`)} perform keep_tags(${passed('gone')}, ${NOTHING}, null);`,
  },
];

const KEPT = VERBS.flatMap(({ verb, sees, body }) => [
  `create function keep_tags_on_${verb}() returns trigger language plpgsql as $$
    declare
      gone record;
      come record;
    begin
      ${body}
      return null;
    end $$`,
  `create trigger contacts_keep_tags_on_${verb} after ${verb} on contacts referencing ${sees} for each statement execute function keep_tags_on_${verb}()`,
]);
