import pg from 'pg';

/** Every object of the schema as PostgreSQL spells it out. */
const OBJECTS = `
  select 'column ' || c.relname || '.' || a.attnum || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attnotnull then ' not null' else '' end || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    || ' ' || a.attgenerated::text || a.attidentity::text
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'c') and a.attnum > 0
      and not a.attisdropped
  union all
  select 'constraint ' || coalesce(conrelid::regclass::text, '') || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace
  union all
  select 'index ' || indexdef from pg_indexes where schemaname = 'public'
  union all
  select 'function ' || pg_get_functiondef(p.oid) from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  union all
  select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all
  select 'view ' || viewname || ' ' || definition from pg_views where schemaname = 'public'
  union all
  select 'sequence ' || sequencename || ' ' || data_type from pg_sequences where schemaname = 'public'
  union all
  select 'enum ' || t.typname || ' ' || e.enumlabel from pg_enum e join pg_type t on t.oid = e.enumtypid
  union all
  select 'settings ' || c.relname || ' ' || c.reloptions::text from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.reloptions is not null
  union all
  select 'extension ' || extname from pg_extension
  order by 1`;

/** The migrations that a database says it has, oldest first. */
export function migrationsOf(url: string): Promise<string[]> {
  return asked(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(`select to_regclass('migrations') is not null as there`);
    if (!rows[0]?.there) return [];
    const { rows: done } = await client.query<{ name: string }>('select name from migrations order by id');
    return done.map(({ name }) => name);
  });
}

/** The whole schema of a database, line by line; empty when no migration ran yet. */
export async function schemaOf(url: string): Promise<string[]> {
  const migrations = await migrationsOf(url);
  if (migrations.length === 0) return [];
  return asked(url, async (client) => {
    const { rows } = await client.query<string[]>({ text: OBJECTS, rowMode: 'array' });
    return [...migrations, ...rows.map(([line = '']) => line)];
  });
}

async function asked<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
