import { insertDigest } from '../../harness/digests.js';
import type { TestProgram } from '../../harness/program.js';

/** Stands in every text of the owner, and so must stand in no answer to anybody else. */
export const CANARY = 'CANARY';
export const EXTERNAL = { source: 'crm', externalId: 'owners-17' };

/** One row of everything in the owner's account, by the plural that addresses it. */
export interface World {
  readonly ids: ReadonlyMap<string, string>;
  /** A cursor of each list. */
  readonly cursors: ReadonlyMap<string, string>;
}

export async function ownersWorld(program: TestProgram): Promise<World> {
  const ids = new Map<string, string>();
  const make = async (plural: string, body: object, path = `/v1/${plural}`): Promise<string> => {
    const { body: made, status } = await program.ask(path.includes('/by/') ? 'put' : 'post', path, { body });
    if (status !== 201) throw new Error(`${path}: ${JSON.stringify(made)}`);
    ids.set(plural, made.id);
    return made.id;
  };
  const contactId = await make(
    'contacts',
    { name: CANARY, notes: CANARY },
    `/v1/contacts/by/${EXTERNAL.source}/${EXTERNAL.externalId}`,
  );
  await make('webhooks', { url: `https://hooks.example.org/${CANARY}`, description: CANARY });
  await make('hooks', { event: 'contact.*', targetUrl: `https://hooks.example.org/hook/${CANARY}` });
  await make('interactions', { contactIds: [contactId], channel: 'call', summary: CANARY });
  await make('recruiters', { contactId, agency: CANARY });
  const interviewId = await make('interviews', { company: CANARY, role: CANARY, intent: 'practice' });
  await make('rounds', { interviewId, kind: 'screening', startsAt: '2027-01-01T10:00:00Z', place: CANARY });
  const subject = { subjectType: 'contact', subjectId: contactId };
  const reminderId = await make('reminders', { title: CANARY, dueAt: '2027-01-01T10:00:00Z', ...subject });
  await make('calendarFeeds', { name: CANARY });
  await make('keys', { name: CANARY, scopes: ['*'] });
  const { rows } = await program.pool.query<{ id: string }>('select id from occurrences where reminder_id = $1', [
    reminderId,
  ]);
  ids.set('occurrences', rows[0]?.id ?? '');
  ids.set('digests', await insertDigest(program.pool, CANARY));
  ids.set('deliveries', await delivered(program, ids.get('webhooks') ?? ''));
  return { ids, cursors: await cursorsOf(program, [...ids.keys()]) };
}

/** A delivery and an attempt, as the worker would have made them. */
async function delivered({ pool }: TestProgram, webhookId: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, state)
      select w.account_id, new_id(), now(), now(), w.id, e.id, e.type, 'exhausted' from webhooks w
        join events e on e.account_id = w.account_id where w.id = $1 limit 1 returning id`,
    [webhookId],
  );
  return rows[0]?.id ?? '';
}

async function cursorsOf(program: TestProgram, plurals: readonly string[]): Promise<Map<string, string>> {
  const cursors = new Map<string, string>();
  for (const plural of plurals) {
    const { body } = await program.ask('get', `/v1/${plural}?first=1`);
    cursors.set(plural, body.page.endCursor);
  }
  return cursors;
}

/** Tables whose rows belong to an account. */
async function ownedTables({ pool }: TestProgram): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.column_name = 'account_id' and c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Everything that an account has, as one text. */
export async function everythingOf(program: TestProgram, accountId: string): Promise<string> {
  const texts: string[] = [];
  for (const table of await ownedTables(program)) {
    const { rows } = await program.pool.query<{ text: string | null }>(
      `select string_agg(t::text, chr(10) order by t::text) as text from ${table} t where account_id = $1`,
      [accountId],
    );
    texts.push(`${table}\n${rows[0]?.text ?? ''}`);
  }
  return texts.join('\n');
}
