/** A source of rows, such as a TypeORM data source. */
interface Asked {
  query<R>(text: string): Promise<R>;
}

/**
 * The objects of a schema, in an order in which they could be created. The text is the same for every server version: objects that only
 * newer ones list, such as PostgreSQL 18's constraints for `not null`, are left out.
 */
const OBJECTS = [
  `select format('create extension %I;', extname) as text from pg_extension where extname <> 'plpgsql' order by extname`,
  `select format(E'create type %I as enum (%s);', t.typname, string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as text
    from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname`,
  `select pg_get_functiondef(p.oid) || ';' as text from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname, p.oid`,
  `select format(E'create sequence %s as %s;', seqrelid::regclass, format_type(seqtypid, null)) as text from pg_sequence
    where not exists (select from pg_depend d where d.objid = seqrelid and d.deptype in ('a', 'i')) order by seqrelid::regclass::text`,
  `select format(E'create table %I (\\n%s\\n)%s;', c.relname, string_agg('  ' || l.line, E',\\n' order by l.part, l.place, l.line),
      ' with (' || array_to_string(c.reloptions, ', ') || ')') as text
    from pg_class c cross join lateral (
      select 1 as part, a.attnum as place, concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
          case when a.attgenerated = 's' then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            when a.attidentity <> '' then 'generated always as identity'
            else 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
          case when a.attnotnull then 'not null' end) as line
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      union all
      select 2, 0, format('constraint %I %s', o.conname, pg_get_constraintdef(o.oid))
        from pg_constraint o where o.conrelid = c.oid and o.contype in ('p', 'u', 'f', 'c')
    ) l
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.oid, c.relname, c.reloptions
    order by c.relname`,
  `select indexdef || ';' as text from pg_indexes i where schemaname = 'public'
      and not exists (select from pg_constraint o where o.conname = i.indexname and o.connamespace = 'public'::regnamespace)
    order by tablename, indexname`,
  `select pg_get_triggerdef(oid) || ';' as text from pg_trigger where not tgisinternal order by tgrelid::regclass::text, tgname`,
  `select format(E'create view %I as\\n%s', viewname, definition) as text from pg_views where schemaname = 'public' order by viewname`,
];

/** The whole schema of a database as SQL that people read: one statement for each object. */
export async function schemaText(source: Asked): Promise<string> {
  const parts: string[] = [];
  for (const objects of OBJECTS) {
    const rows = await source.query<{ text: string }[]>(objects);
    parts.push(...rows.map(({ text }) => text.trimEnd().replace(/[ \t]+$/gm, '')));
  }
  return `${parts.join('\n\n')}\n`;
}
