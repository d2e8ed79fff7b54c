import { ImportJobs } from '../../../../src/features/contacts/imports/applying/import-jobs.js';
import { TrashPurge } from '../../../../src/features/contacts/erasing/trash-purge.js';
import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { placesOf } from './canaries.js';
import { CANARY, asking, wholePerson } from './whole-person.js';
import type { Ask } from './whole-person.js';

type Body = Record<string, unknown>;

const CSV = `First Name,Last Name,URL,Email Address,Company,Position,Connected On
Zoe,${CANARY},https://www.linkedin.com/in/${CANARY},${CANARY}@example.org,${CANARY} GmbH,${CANARY},17 May 2025
Alan,Kay,https://www.linkedin.com/in/alan-kay,,Viewpoints,Fellow,17 May 2025
`;

let program: TestProgram;
let ask: Ask;
beforeAll(async () => {
  program = await TestProgram.start();
  ask = asking(program);
});
afterAll(() => program.stop());

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

const person = () => wholePerson(program, ask);
const found = () => placesOf(program.pool, CANARY);

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
