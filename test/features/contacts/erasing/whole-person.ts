import type { TestProgram } from '../../../harness/program.js';

type Body = Record<string, unknown>;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Asks over REST. @throws Error with the answer if it is a refusal */
export type Ask = (method: Method, path: string, body?: Body, headers?: Record<string, string>) => Promise<Body>;

/** What is in every text of the person, and nowhere else. */
export const CANARY = 'xq7canary';

export function asking(program: TestProgram): Ask {
  return async (method, path, body, headers = {}) => {
    const {
      status,
      body: answer,
      text,
    } = await program.ask(method, `/v1/${path}`, { headers, ...(body ? { body } : {}) });
    if (status >= 300) throw new Error(`${path}: ${text}`);
    return answer as Body;
  };
}

/** A person with the canary in every text, and around: all that can be said of somebody. */
export async function wholePerson(program: TestProgram, ask: Ask): Promise<string> {
  const wrote = {
    from: `Zoe ${CANARY} <${CANARY}@example.org>`,
    subject: CANARY,
    text: CANARY,
    messageId: `${CANARY}@x`,
  };
  await ask('post', 'inbound/messages', wrote, { 'idempotency-key': 'wrote' });
  const every = {
    name: `Zoe ${CANARY}`,
    givenName: CANARY,
    familyName: CANARY,
    pronouns: CANARY,
    company: CANARY,
    title: CANARY,
    location: CANARY,
  };
  const more = {
    emails: [`${CANARY}@example.org`],
    phones: [`+49 ${CANARY}`],
    tags: [CANARY],
    notes: CANARY,
    howWeMet: CANARY,
  };
  const links = [{ kind: 'linkedin', value: `https://www.linkedin.com/in/${CANARY}` }];
  const made = await ask(
    'put',
    `contacts/by/crm/${CANARY}`,
    { ...every, ...more, links, custom: { [CANARY]: CANARY }, tier: 'close' },
    { 'idempotency-key': 'made' },
  );
  const id = String(made.id);
  const other = String((await ask('post', 'contacts', { name: 'Other', metThroughId: id })).id);
  await ask('patch', `contacts/${id}`, { title: `${CANARY} 2` }, { 'idempotency-key': 'changed' });
  await ask('post', 'interactions', {
    contactIds: [id],
    channel: 'email',
    summary: CANARY,
    occurredAt: '2026-01-05T10:00:00Z',
  });
  await ask('post', 'interactions', {
    contactIds: [id, other],
    channel: 'call',
    summary: CANARY,
    occurredAt: '2026-01-06T10:00:00Z',
  });
  await ask('post', 'favours', {
    contactId: id,
    direction: 'given',
    kind: 'intro',
    summary: CANARY,
    occurredOn: '2026-01-01',
  });
  await ask('post', 'employments', { contactId: id, company: CANARY, title: CANARY, startedOn: '2020-01-01' });
  const circle = await ask('post', 'circles', { name: 'Circle' });
  await ask('post', 'memberships', { circleId: circle.id, contactId: id, handle: CANARY });
  await ask('post', 'encounters/wrap-up', {
    title: 'Meetup',
    occurredOn: '2026-03-01',
    people: [{ contactId: id, priority: 'high' }],
  });
  const twin = await ask('post', 'contacts', { name: `Z. ${CANARY}`, emails: [`z@${CANARY}.org`], notes: CANARY });
  await ask('post', `contacts/${id}/merge`, { contactId: twin.id });
  const recruiter = await ask('post', 'recruiters', { contactId: id, agency: CANARY, notes: CANARY });
  await ask('post', `recruiters/${recruiter.id}/parking`, {});
  await ask('post', 'inbound/messages', { ...wrote, messageId: `2.${CANARY}@x` }, { 'idempotency-key': 'again' });
  const colleague = await ask('post', 'recruiters', { contact: { name: 'Colleague', emails: ['c@example.org'] } });
  await ask('post', `recruiters/${colleague.id}/parking`, {});
  await ask('post', `recruiters/${recruiter.id}/return`, { evidence: CANARY });
  const filter = { name: { eq: `zoe ${CANARY}` } };
  await ask('post', 'savedFilters', { name: CANARY, list: 'contacts', filter }, { 'idempotency-key': 'saved' });
  const literal = `{% if data.name == "Zoe ${CANARY}" %}x{% endif %}.`;
  await ask(
    'post',
    'webhooks',
    {
      url: `https://x.example/?of=${CANARY}%40example.org`,
      eventTypes: ['contact.*'],
      filter: { not: filter },
      ...{ format: 'template', template: literal, description: CANARY },
    },
    { 'idempotency-key': 'endpoint' },
  );
  await ask('post', 'reminders', {
    title: CANARY,
    note: CANARY,
    dueOn: '2026-05-01',
    subjectType: 'contact',
    subjectId: id,
  });
  await program.pool.query(
    `insert into digests (account_id, id, created_at, updated_at, period, covers_from, covers_until, due_count, upcoming_count, due, upcoming)
     select r.account_id, new_id(), now(), now(), 'daily', now(), now(), 1, 0,
       jsonb_build_array(jsonb_build_object('reminderId', r.id, 'title', r.title)), '[]' from reminders r where r.title like '%' || $1 || '%' limit 1`,
    [CANARY],
  );
  await program.pool.query(
    `with w as (insert into webhooks (account_id, id, created_at, updated_at, url, scopes) select id, new_id(), now(), now(), 'https://x.example', '{*}' from accounts limit 1 returning account_id, id),
      d as (insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, state)
        select e.account_id, new_id(), now(), now(), w.id, e.id, e.type, 'delivered' from events e, w where e.subject_id = $1 limit 1 returning account_id, id)
     insert into attempts (account_id, id, delivery_id, number, started_at, duration_ms, response) select account_id, new_id(), id, 1, now(), 1, $2 from d`,
    [id, CANARY],
  );
  return id;
}
