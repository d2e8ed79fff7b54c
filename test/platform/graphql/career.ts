import supertest from 'supertest';
import { newId } from '../../../src/kit/ids.js';
import { guardedResources } from '../../../src/platform/contract/resources.js';
import { insertDigest } from '../../harness/digests.js';
import type { TestProgram } from '../../harness/program.js';
import { Rows } from '../../harness/rows.js';

type Body = Record<string, unknown> & { readonly id: string };

/** The ids of a small career with something of every type, by type. */
export type Career = Readonly<Record<string, readonly string[]>>;

const DAY_MS = 86_400_000;

/** Fills an account: texts that JSON must escape, nulls, parts, caller's own JSON, ties in every order. */
export async function seedCareer(program: TestProgram): Promise<Career> {
  const send = sender(program);
  const contacts = await inOrder(24, (n) => send('contacts', contactOf(n)));
  const interactions = await inOrder(48, (n) => {
    const contactIds = [contacts[n % 12], contacts[(n * 5 + 1) % 24]].map((one) => one?.id);
    return send('interactions', { contactIds: [...new Set(contactIds)], ...interactionOf(n) });
  });
  const recruiters = await inOrder(6, (n) =>
    send('recruiters', { contactId: contacts[n + 6]?.id, specialities: n % 2 ? ['remote', 'typescript'] : [] }),
  );
  const interviews = await inOrder(4, (n) =>
    send('interviews', { company: `Company ${n % 2}`, role: 'Engineer', intent: n % 2 ? 'practice' : 'serious' }),
  );
  const rounds = await inOrder(8, (n) =>
    send('rounds', {
      interviewId: interviews[n % 4]?.id,
      kind: n % 2 ? 'coding' : 'screening',
      startsAt: after(n + 1),
    }),
  );
  const reminders = await inOrder(8, (n) =>
    send('reminders', { title: `Do ${n}`, dueAt: after(n % 3), ...(n % 2 ? { rrule: 'FREQ=WEEKLY' } : {}) }),
  );
  const feeds = await inOrder(2, (n) => send('calendarFeeds', { name: `Calendar ${n}` }));
  const webhooks = await inOrder(2, (n) => send('webhooks', { url: `https://example.com/${n}` }));
  await logDeliveries(program, webhooks);
  const digests = await inOrder(3, (n) => insertDigest(program.pool, `Do "${n}"`));
  const ids = (rows: readonly Body[]): string[] => rows.map(({ id }) => id);
  const made = {
    ...{ Contact: ids(contacts), Interaction: ids(interactions), Recruiter: ids(recruiters) },
    ...{ Interview: ids(interviews), Round: ids(rounds), Reminder: ids(reminders), Webhook: ids(webhooks) },
    CalendarFeed: ids(feeds),
    Digest: digests,
  };
  return { ...(await allOthers(program)), ...made };
}

/** The rows of every resource that are there by now, or some made by its recipe. */
async function allOthers(program: TestProgram): Promise<Career> {
  const accounts = await idsOf(program, 'accounts');
  const rows = new Rows(program.pool, accounts[0] ?? '');
  const found: [string, readonly string[]][] = [];
  for (const type of guardedResources().keys()) {
    if ((await rows.idsOf(type)).length === 0) await rows.make(type, 4);
    found.push([type.name, await rows.idsOf(type)]);
  }
  return Object.fromEntries(found);
}

function contactOf(n: number): object {
  return {
    name: `N${n % 10} "quoted" \\ \u0001 ñ 日本 ${'🙂'.repeat(n % 3)}`,
    company: n % 3 ? `Acme ${n % 4}` : null,
    tags: ['a', 'b', 'c'].slice(0, n % 4),
    links: [
      { kind: 'github', value: `https://github.com/n${n}` },
      { kind: 'website', value: 'https://example.com/"' },
    ].slice(0, n % 3),
    custom: n % 2 ? {} : { b: [1, 2.5, null], a: { deep: true, text: '\u2028' }, n },
    ...(n % 2 ? { tier: 'close' } : { metOn: '2024-02-29' }),
    favourite: n % 5 === 0,
    notes: n % 4 ? null : 'line\nline',
  };
}

function interactionOf(n: number): object {
  const channel = ['call', 'email', 'social'][n % 3];
  return { channel, occurredAt: after(-(n % 20)), summary: n % 2 ? 'about' : null, countsAsTouch: n % 7 > 0 };
}

function after(days: number): string {
  return new Date(Date.UTC(2026, 2, 2, 10) + days * DAY_MS).toISOString();
}

async function logDeliveries({ pool }: TestProgram, webhooks: readonly Body[]): Promise<void> {
  const { rows } = await pool.query<{ account_id: string; id: string; type: string }>(
    'select account_id, id, type from events order by sequence limit 6',
  );
  for (const [n, { account_id, id, type }] of rows.entries()) {
    const delivery = newId();
    await pool.query(
      `insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, state, attempt_count)
       values ($1, $2, now(), now(), $3, $4, $5, $6, 2)`,
      [account_id, delivery, webhooks[n % 2]?.id, id, type, n % 2 ? 'delivered' : 'exhausted'],
    );
    for (const number of [1, 2]) {
      await pool.query(
        `insert into attempts (account_id, id, delivery_id, number, started_at, duration_ms, status_code, error_code)
         values ($1, $2, $3, $4, now(), 12, $5, $6)`,
        [account_id, newId(), delivery, number, number === 1 ? 500 : null, number === 1 ? null : 'timeout'],
      );
    }
  }
}

async function idsOf({ pool }: TestProgram, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(`select id from ${table} order by id`);
  return rows.map(({ id }) => id);
}

function sender(program: TestProgram) {
  return async (plural: string, body: object): Promise<Body> => {
    const http = supertest(program.app.getHttpServer()).post(`/v1/${plural}`);
    const answer = await http.set('authorization', `Bearer ${program.key}`).send(body);
    if (answer.status >= 300) throw new Error(`${plural}: ${JSON.stringify(answer.body)}`);
    return answer.body as Body;
  };
}

async function inOrder<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let n = 0; n < count; n += 1) made.push(await make(n));
  return made;
}
