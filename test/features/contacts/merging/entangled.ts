import { Contact } from '../../../../src/features/contacts/contact.entity.js';
import { nounSql, referencesTo } from '../../../../src/platform/contract/references.js';
import type { Ringing } from '../../reminders/ringing.js';

type Body = Record<string, unknown>;

/** Everything that points at contacts, and the contacts: by what tells rows apart, without what grows with each change. */
export async function everything(on: Ringing): Promise<Body> {
  const tables = [...new Set(referencesTo(Contact).map(({ table }) => table))].filter(
    (table) => !['events', 'contact_merges'].includes(table),
  );
  const found: Body = {};
  for (const table of ['contacts', ...tables]) {
    const kept = ['reminders', 'occurrences'].includes(table) ? `where kind = 'manual'` : '';
    const { rows } = await on.program.pool.query(
      `select to_jsonb(t) - '{version,updated_at}'::text[] as row from ${table} t ${kept} order by 1`,
    );
    found[table] = rows.map(({ row }) => row);
  }
  const { rows } = await on.program.pool.query(
    `select kind, subject_id, title, due_at, state from reminders where kind <> 'manual' order by 1, 2`,
  );
  return { ...found, kept: rows };
}
/** What points at a contact and would have to move with it. */
export async function pointingAt(on: Ringing, id: string): Promise<string[]> {
  const found = [];
  for (const one of referencesTo(Contact)) {
    const { table, column, moves } = one;
    if (typeof moves === 'object' && 'stays' in moves) continue;
    const points =
      typeof moves === 'object' && 'listed' in moves
        ? `t.people::text like '%' || $1 || '%'`
        : `t.${column}::text = $1`;
    const more = [points, ...nounSql(one, Contact)].join(' and ');
    const { rows } = await on.program.pool.query(`select from ${table} t where ${more}`, [id]);
    if (rows.length > 0) found.push(one.name);
  }
  return found;
}

/** Two contacts at whom everything points, some of it at both. */
export async function entangled(on: Ringing): Promise<{ kept: string; gone: string; friend: string }> {
  const person = (called: string, input: Body = {}): Promise<string> => on.make('Contact', { name: called, ...input });
  const call = (contactIds: readonly string[], occurredAt: string): Promise<string> =>
    on.make('Interaction', { contactIds, channel: 'call', occurredAt });
  const { body: put } = await on.program.ask('put', '/v1/contacts/by/crm/17', {
    body: { name: 'A. Lovelace', tier: 'inner' },
  });
  const gone = String(put.id);
  const kept = await person('Ada Lovelace', { emails: ['ada@example.org'], tags: ['maths'], company: 'Engines' });
  const friend = await person('Charles', { metThroughId: gone });
  await on.change('Contact', gone, {
    emails: ['ADA@example.org', 'al@example.org'],
    title: 'Countess',
    notes: 'Likes horses',
    custom: { a: 1 },
  });
  await on.change('Contact', kept, { metThroughId: gone });
  await call([gone], '2026-02-20T10:00:00.000Z');
  await call([gone, kept], '2026-02-10T10:00:00.000Z');
  await call([kept], '2026-01-10T10:00:00.000Z');
  const [one, other] = [await on.make('Circle', { name: 'One' }), await on.make('Circle', { name: 'Other' })];
  for (const [circleId, contactId] of [
    [one, gone],
    [one, kept],
    [other, gone],
  ])
    await on.make('Membership', { circleId, contactId });
  await on.make('Encounter', {
    title: 'Both',
    people: [{ contactId: kept }, { contactId: gone, role: 'speaker' }, { contactId: friend }],
  });
  const wrapUp = { title: 'Alone', people: [{ contactId: gone, role: 'speaker' }] };
  expect((await on.program.ask('post', '/v1/encounters/wrap-up', { body: wrapUp })).status).toBe(201);
  await on.make('Employment', { contactId: gone, company: 'Babbage Ltd' });
  await on.make('Favour', { contactId: gone, direction: 'given', kind: 'intro' });
  await on.make('Recruiter', { contactId: gone });
  await on.remind({ subjectType: 'contact', subjectId: gone, dueOn: '2026-05-01' });
  await on.program.pool.query(
    `insert into imported_contacts select account_id, 'linkedin', id, '{}' from contacts where id = any($1)`,
    [[kept, gone]],
  );
  await on.events();
  return { kept, gone, friend };
}
