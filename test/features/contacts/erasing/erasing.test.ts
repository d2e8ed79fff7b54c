import { ImportJobs } from '../../../../src/features/contacts/imports/applying/import-jobs.js';
import { TrashPurge } from '../../../../src/features/contacts/erasing/trash-purge.js';
import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { placesOf } from './canaries.js';

type Body = Record<string, unknown>;

const CANARY = 'xq7canary';
const CSV = `First Name,Last Name,URL,Email Address,Company,Position,Connected On
Zoe,${CANARY},https://www.linkedin.com/in/${CANARY},${CANARY}@example.org,${CANARY} GmbH,${CANARY},17 May 2025
Alan,Kay,https://www.linkedin.com/in/alan-kay,,Viewpoints,Fellow,17 May 2025
`;

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

async function ask(
  method: 'get' | 'post' | 'put' | 'patch' | 'delete',
  path: string,
  body?: Body,
  headers = {},
): Promise<Body> {
  const {
    status,
    body: answer,
    text,
  } = await program.ask(method, `/v1/${path}`, { headers, ...(body ? { body } : {}) });
  if (status >= 300) throw new Error(`${path}: ${text}`);
  return answer as Body;
}

const MESSAGES = `CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER
1,,${CANARY},https://www.linkedin.com/in/${CANARY},Me,https://www.linkedin.com/in/me,2025-05-01 10:00:00 UTC,,Hello from ${CANARY},INBOX
2,,Me,https://www.linkedin.com/in/me,"${CANARY}, Alan Kay","https://www.linkedin.com/in/${CANARY},https://www.linkedin.com/in/alan-kay",2025-05-02 10:00:00 UTC,,Hello both,INBOX
`;

async function imported(file = CSV, kind = 'linkedin'): Promise<Body[]> {
  const { body } = await program
    .ask('post', `/v1/imports/${kind}`, { headers: { 'content-type': 'text/csv' } })
    .send(file);
  while ((await program.app.get(ImportJobs).takeTurn()) !== null);
  return (await ask('get', `importRows?filter[importId][eq]=${body.id}&sort=id`)).data as Body[];
}

const found = () => placesOf(program.pool, CANARY);

/** A person with the canary in every text, and around: all that can be said of somebody. */
async function person(): Promise<string> {
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

describe.each(faces)('over %s', (name) => {
  beforeEach(async () => {
    await program.pool.query(
      'truncate erasures, erasure_salts, imports, events, outbox, kept_answers, digests, webhooks, deliveries, attempts, saved_filters cascade',
    );
    await program.clear();
    await program.events();
  });

  const personalData = async (id: string): Promise<Body> => {
    if (name === 'rest') return ask('get', `contacts/${id}/personal-data`);
    return (await program.graphql(`{ personalData(id: "${id}") }`)).body.data.personalData;
  };
  const erase = async (id: string, called: string): Promise<{ code: string | null; it: Body }> => {
    if (name === 'rest') {
      const { body } = await program.ask('post', `/v1/contacts/${id}/erasure`, { body: { name: called } });
      return { code: body.code ?? null, it: body };
    }
    const text = `mutation ($id: ID!, $input: EraseContactInput!) { eraseContact(id: $id, input: $input) { erasure { id reason } } }`;
    const { body } = await program.graphql(text, { id, input: { name: called } });
    return { code: body.errors?.[0]?.extensions.code ?? null, it: body.data.eraseContact?.erasure };
  };

  it('shows all that is held on one person, and of nobody else', async () => {
    const id = await person();
    await imported();
    const held = await personalData(id);
    expect(
      Object.entries(held)
        .filter(([, rows]) => Array.isArray(rows) && rows.length === 0)
        .map(([what]) => what),
    ).toEqual(['recruiterExternalIds', 'more']);
    expect(held.contact).toMatchObject({ id, notes: CANARY });
    expect((held.favours as Body[])[0]).toMatchObject({ contactId: id, summary: CANARY });
    expect(JSON.stringify(held)).not.toContain('Alan');
    await program.pool.query(
      `insert into favours select (jsonb_populate_record(f, jsonb_build_object('id', new_id()))).* from favours f, generate_series(1, 1000)`,
    );
    const cut = await personalData(id);
    expect([(cut.favours as Body[]).length, cut.more]).toEqual([1_000, ['favours']]);
  });

  it('leaves nothing of an erased person, and an import does not bring the person back', async () => {
    const id = await person();
    await imported();
    expect((await found()).length).toBeGreaterThanOrEqual(14);
    expect((await erase(id, 'Zoe')).code).toBe('invalid_input');
    await program.events();
    const { code, it } = await erase(id, `Zoe ${CANARY}`);
    expect([code, it]).toEqual([null, expect.objectContaining({ id, reason: 'request' })]);
    expect(await program.events()).toEqual([
      'saved_filter.deleted',
      'webhook.endpoint_disabled',
      'erasure.created',
      'erasure.created',
    ]);
    expect(await found()).toEqual([]);
    expect((await erase(id, 'Zoe')).code).toBe('not_found');
    const [skipped, unchanged] = await imported();
    expect([skipped, unchanged]).toMatchObject([
      { outcome: 'skipped', name: null, contactId: null, problems: [expect.stringContaining('Erased person')] },
      { outcome: 'unchanged', name: 'Alan Kay' },
    ]);
    expect(await imported(MESSAGES, 'linkedin-messages?ownProfile=https://www.linkedin.com/in/me')).toMatchObject([
      { outcome: 'skipped', name: null, problems: [expect.stringContaining('Erased person')] },
      { outcome: 'created', name: null },
    ]);
    await program.pool.query('delete from import_files');
    expect(await found()).toEqual([]);
  });

  it('deletes the trash for good after 30 days, with what hangs on it, and not before', async () => {
    const id = await person();
    const kept = await ask('post', 'contacts', { name: 'Kept' });
    const deletedBefore = (period: string) =>
      program.pool.query(
        `update contacts set deleted_at = $1::timestamptz - $2::interval where deleted_at is not null`,
        [...[program.clock.now(), period]],
      );
    await ask('delete', `contacts/${id}`);
    await deletedBefore('29 days');
    await program.app.get(TrashPurge).purgeSome();
    expect((await ask('get', 'contacts?trash=true')).data).toHaveLength(2);
    await deletedBefore('31 days');
    await program.events();
    await program.app.get(TrashPurge).purgeSome();
    expect((await ask('get', 'contacts?trash=true')).data).toEqual([]);
    expect(
      (await found()).filter(
        (table) =>
          !['events', 'kept_answers', 'digests', 'attempts', 'interactions', 'saved_filters', 'webhooks'].includes(
            table,
          ),
      ),
    ).toEqual([]);
    expect(await program.events()).toEqual([]);
    expect(await ask('get', `contacts/${kept.id}`)).toMatchObject({ name: 'Kept' });
    expect((await imported())[0]).toMatchObject({
      outcome: 'skipped',
      problems: [expect.stringContaining('Erased person')],
    });
  });
});
