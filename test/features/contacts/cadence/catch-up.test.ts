import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Ringing } from '../../reminders/ringing.js';

type Body = Record<string, unknown>;
interface Answer {
  readonly code: string | null;
  readonly errors: readonly { pointer: string; code: string; detail: string }[];
  readonly contacts: readonly { contactId: string; interactionId: string; nextTouchAt: string | null }[];
}

const MUTATION = `mutation ($input: CatchUpInput!) { catchUp(input: $input) { contacts { contactId interactionId nextTouchAt } } }`;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('catching up with many, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const catchUp = async (input: Body, headers: Record<string, string> = {}): Promise<Answer> => {
    const { body } = await (name === 'rest'
      ? on.program.ask('post', '/v1/contacts/catch-up', { body: input, headers })
      : on.program.graphql(MUTATION, { input }, { headers }));
    const problem = name === 'rest' ? (body.code === undefined ? null : body) : (body.errors?.[0].extensions ?? null);
    if (problem) return { code: String(problem.code), errors: problem.errors ?? [], contacts: [] };
    return { code: null, errors: [], contacts: name === 'rest' ? body.contacts : body.data.catchUp.contacts };
  };
  const person = (called: string, input: Body = {}): Promise<string> => on.make('Contact', { name: called, ...input });
  const interactions = async (): Promise<readonly Body[]> => (await on.face.page('Interaction', { sort: 'id' })).rows;

  it('logs one touch with each, which moves the next and answers the ring that is open', async () => {
    const ada = await person('Ada', { tier: 'inner', metOn: '2026-02-02' });
    const bea = await person('Bea', { tier: 'close', metOn: '2026-01-10' });
    const cleo = await person('Cleo');
    expect(await on.program.app.get(RingsService).ringDue()).toBe(1);
    await on.events();
    const { code, contacts } = await catchUp({ contactIds: [cleo, ada, bea, ada] });
    expect(code).toBeNull();
    expect(contacts.map(({ contactId, nextTouchAt }) => [contactId, nextTouchAt])).toEqual([
      [cleo, null],
      [ada, '2026-04-02T09:00:00.000Z'],
      [bea, '2026-06-02T09:00:00.000Z'],
    ]);
    const rows = await interactions();
    const touch = {
      occurredAt: '2026-03-02T10:00:00.000Z',
      channel: 'other',
      direction: 'mutual',
      countsAsTouch: true,
    };
    expect(rows).toMatchObject([
      { ...touch, contactIds: [ada], summary: null },
      { ...touch, contactIds: [bea] },
      { ...touch, contactIds: [cleo] },
    ]);
    expect(new Set(contacts.map(({ interactionId }) => interactionId))).toEqual(new Set(rows.map(({ id }) => id)));
    expect(await on.events()).toEqual([
      ...['interaction.logged', 'contact.updated', 'reminder.updated', 'reminder.completed'],
      ...['interaction.logged', 'contact.updated', 'reminder.updated'],
      ...['interaction.logged', 'contact.updated'],
    ]);
  });

  it('says how and when, and each can be taken back without the others', async () => {
    const [ada, bea] = [await person('Ada', { tier: 'inner' }), await person('Bea', { tier: 'inner' })];
    const touch = {
      occurredAt: '2026-02-28T12:00:00.000Z',
      channel: 'message',
      direction: 'outbound',
      summary: 'Happy new job',
    };
    const { contacts } = await catchUp({ contactIds: [ada, bea], ...touch });
    expect(await interactions()).toMatchObject([touch, touch]);
    await on.face.remove('Interaction', String(contacts[0]?.interactionId));
    expect((await on.face.one('Contact', ada)).data).toMatchObject({ lastTouchAt: null });
    expect((await on.face.one('Contact', bea)).data).toMatchObject({ lastTouchAt: '2026-02-28T12:00:00.000Z' });
  });

  it('counts what is still ahead when its time has come', async () => {
    const ada = await person('Ada', { tier: 'inner', metOn: '2026-02-20' });
    await catchUp({ contactIds: [ada], occurredAt: '2026-03-05T10:00:00.000Z' });
    expect((await on.face.one('Contact', ada)).data).toMatchObject({ lastTouchAt: null });
    on.program.clock.set('2026-03-05T10:00:00.000Z');
    await on.program.app.get(RingsService).ringDue();
    expect((await on.face.one('Contact', ada)).data).toMatchObject({ lastTouchAt: '2026-03-05T10:00:00.000Z' });
  });

  it('catches up with a hundred in one transaction, and with no more', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 101; n += 1) ids.push(await person(`N${n}`, n % 2 ? { tier: 'wide' } : {}));
    await on.events();
    expect((await catchUp({ contactIds: ids })).code).toBe('invalid_input');
    expect(await on.events()).toEqual([]);
    const { contacts } = await catchUp({ contactIds: ids.slice(0, 100) });
    expect(contacts.map(({ contactId }) => contactId)).toEqual(ids.slice(0, 100));
    expect((await on.events()).filter((type) => type === 'interaction.logged')).toHaveLength(100);
    const { rows } = await on.program.pool.query(
      `select count(distinct transaction_id)::int as n from events where type = 'interaction.logged' and subject_id = any($1)`,
      [contacts.map(({ interactionId }) => interactionId)],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('names everybody who is unknown, deleted or of another account, and then logs nothing', async () => {
    const [ada, gone] = [await person('Ada', { tier: 'inner' }), await person('Bea')];
    await on.face.remove('Contact', gone);
    const other = await on.face.as(await shared.anotherAccount()).create('Contact', { name: 'Ida' });
    await on.events();
    const refused = await catchUp({ contactIds: [ada, gone, String(other.data.id)] });
    expect(refused.code).toBe('unknown_reference');
    expect(refused.errors).toEqual(
      [gone, String(other.data.id)].map((id) => {
        const detail = `There is no contact ${id} in this account.`;
        return { pointer: '/contactIds', code: 'unknownReference', detail };
      }),
    );
    expect(await catchUp({ contactIds: [] })).toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer: '/contactIds', code: 'atLeastOne' }],
    });
    expect((await catchUp({ contactIds: [ada], channel: 'telepathy' })).code).not.toBeNull();
    expect(await on.events()).toEqual([]);
    expect(await interactions()).toEqual([]);
  });

  it('is done once when it is sent again with the same key', async () => {
    const ada = await person('Ada', { tier: 'inner' });
    const headers = { 'idempotency-key': `caught-up-${name}` };
    const first = await catchUp({ contactIds: [ada] }, headers);
    await on.events();
    expect(await catchUp({ contactIds: [ada] }, headers)).toEqual(first);
    expect(await on.events()).toEqual([]);
    expect(await interactions()).toHaveLength(1);
  });
});
