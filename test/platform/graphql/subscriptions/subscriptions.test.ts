import supertest from 'supertest';
import { faceOf } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { promised } from '../../../harness/figures.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';
import { newId } from '../../../../src/kit/ids.js';
import { EventsRetention } from '../../../../src/platform/events/retention/events-retention.js';
import { settled } from '../../events/settled.js';
import { Follower, following, transports } from './followers.js';

describe.each(transports)('subscriptions over %s', (transport) => {
  let program: TestProgram;
  let face: Face;
  let open: Follower[] = [];

  beforeAll(async () => {
    program = await TestProgram.start();
    face = faceOf('rest', program);
  });
  afterEach(async () => {
    await Promise.all(open.map((follower) => follower.leave()));
    open = [];
  });
  afterAll(() => program.stop());

  const follow = (variables: object = {}, key = program.key, query?: string, at = program): Follower => {
    const follower = new Follower(at, transport, variables, query ? { key, query } : { key });
    open.push(follower);
    return follower;
  };
  const keyFor = async (...scopes: string[]): Promise<{ id: string; secret: string }> => {
    const http = supertest(program.app.getHttpServer()).post('/v1/keys').set('authorization', `Bearer ${program.key}`);
    return (await http.send({ name: scopes.join(), scopes })).body;
  };
  const contact = async (name: string, as = face): Promise<Record<string, unknown>> =>
    (await as.create('Contact', { name })).data;

  it('tell what happens, as a webhook would', async () => {
    const follower = follow();
    await following(program, follower);
    const made = await contact('Ada');
    await face.update('Contact', String(made.id), { name: 'Ada L.' });
    const events = await follower.until(2);
    const about = {
      id: expect.any(String),
      subjectType: 'contact',
      subjectId: made.id,
      occurredAt: program.clock.now().toISOString(),
    };
    expect(events).toEqual([
      { ...about, type: 'contact.created', data: made, previous: null },
      { ...about, type: 'contact.updated', data: { ...made, name: 'Ada L.', version: 2 }, previous: { name: 'Ada' } },
    ]);
  });

  it('resume after an event: what was missed comes first, each once and in order', async () => {
    const first = follow();
    await following(program, first);
    await contact('One');
    const seen = await first.until(1);
    const last = seen.at(-1)?.id;
    await first.leave();
    for (const name of ['Two', 'Three']) await contact(name);
    const second = follow({ after: last });
    await second.until(2);
    await contact('Four');
    const events = await second.until(3);
    expect(events.map(({ data }) => data.name)).toEqual(['Two', 'Three', 'Four']);
  });

  it('resume through a long log', async () => {
    const start = await contact('Start');
    const { rows } = await program.pool.query('select id, account_id from events where subject_id = $1', [start.id]);
    await program.pool.query(
      `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
       select $1, new_id(), 'contact.updated', 'contact', new_id(), now(), json_build_object('n', n) from generate_series(1, 2500) n`,
      [rows[0].account_id],
    );
    const follower = follow({ after: rows[0].id });
    const events = await follower.until(2_500);
    expect(events.map(({ data }) => data.n)).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1));
  });

  it('carry only the types and the subject that were asked for', async () => {
    const ada = await contact('Ada');
    const byType = follow({ types: ['contact.updated', 'webhook.*'] });
    const bySubject = follow({ subject: ada.id });
    const all = follow();
    await following(program, byType, all);
    await contact('Grace');
    await face.update('Contact', String(ada.id), { name: 'Ada L.' });
    const events = await bySubject.until(1);
    await following(program, byType, all);
    expect(events.map(({ type, subjectId }) => [type, subjectId])).toEqual([['contact.updated', ada.id]]);
    expect(byType.types()).toEqual(['contact.updated']);
    expect(all.types()).toEqual(['contact.created', 'contact.updated']);
  });

  it('show nothing of another account, and take none of its events as a beginning', async () => {
    const other = await program.anotherAccount();
    const theirs = follow({}, other);
    await following(program, theirs);
    await contact('Mine');
    await contact('Theirs', face.as(other));
    await following(program, theirs);
    expect(theirs.received.map(({ data }) => data.name)).toEqual(['Theirs']);
    const mine = (await program.pool.query(`select id from events where data ->> 'name' = 'Mine'`)).rows[0].id;
    expect((await follow({ after: mine }, other).end()).refused).toMatchObject({ code: 'expired_token' });
  });

  it('show a key only what it may read', async () => {
    const [contacts, reminders] = [await keyFor('contacts:read', 'webhooks:read'), await keyFor('reminders:read')];
    const [one, two] = [follow({}, contacts.secret), follow({}, reminders.secret)];
    await following(program, one);
    await contact('Alan');
    await face.create('Reminder', { title: 'Call', dueAt: '2027-01-01T09:00:00Z' });
    expect((await two.until(1)).map(({ type }) => type)).toEqual(['reminder.created']);
    await following(program, one);
    expect(one.types()).toEqual(['contact.created']);
    const blind = await keyFor('contacts:write');
    expect((await follow({}, blind.secret).end()).refused).toMatchObject({ code: 'forbidden' });
    const asked = follow({ types: ['contact.created'] }, reminders.secret);
    expect((await asked.end()).refused).toMatchObject({ code: 'forbidden' });
  });

  it.each([
    [{ after: newId() }, 'expired_token'],
    [{ after: 'yesterday' }, 'invalid_input'],
    [{ types: ['contcat.*'] }, 'invalid_input'],
    [{ types: 5 }, 'invalid_input'],
  ])('refuse %j', async (variables, code) => {
    expect((await follow(variables).end()).refused).toMatchObject({ code });
  });

  it.each([
    ['{ contacts { nodes { id } } }', 'unprocessable'],
    ['mutation { deleteContact(id: "x") }', 'unprocessable'],
    ['subscription { nothing }', 'invalid_document'],
    ['subscription { events { id', 'malformed_document'],
    [`subscription { events { ${Array.from({ length: 61 }, (_, i) => `a${i}: id`).join(' ')} } }`, 'too_complex'],
    [`subscription { events { ${'id '.repeat(5_000)} } }`, 'malformed_document'],
  ])('refuse the document %#', async (query, code) => {
    const { refused } = await follow({}, program.key, query).end();
    // The event stream's client tells the status alone.
    expect(refused).toMatchObject({ code: transport === 'graphql-ws' ? code : '400' });
  });

  it('refuse a key that is none', async () => {
    const { refused } = await follow({}, 'kith_nobody').end();
    expect(refused).toMatchObject({ code: transport === 'graphql-ws' ? '4403' : '401' });
  });

  it('are refused where events are forgotten', async () => {
    const made = await contact('Old');
    const { rows } = await program.pool.query('select id from events where subject_id = $1', [made.id]);
    await program.pool.query(`update events set occurred_at = '2000-01-01'`);
    await program.pool.query('delete from outbox');
    await settled(program.pool);
    while (await program.app.get(EventsRetention).forgetSome());
    expect((await follow({ after: rows[0].id }).end()).refused).toMatchObject({ code: 'expired_token' });
  });

  it('end at once when their key is revoked, in every process', async () => {
    const elsewhere = await TestProgram.start({ database: program.database, clock: program.clock });
    const { id, secret } = await keyFor('*');
    const [here, there] = [follow({}, secret), follow({}, secret, undefined, elsewhere)];
    const unharmed = follow({}, program.key, undefined, elsewhere);
    await following(program, here, there, unharmed);
    const began = Date.now();
    await face.act({ type: 'ApiKey', id, noun: 'revocation', verb: 'revokeKey' });
    await Promise.all([here.end(), there.end()]);
    promised(Date.now() - began, 900);
    await following(program, unharmed);
    expect(unharmed.over).toBe(false);
    await Promise.all(open.map((follower) => follower.leave()));
    await elsewhere.stop();
  });

  it('end when their key expires', async () => {
    const expiresAt = new Date(program.clock.now().getTime() + 60_000).toISOString();
    const http = supertest(program.app.getHttpServer()).post('/v1/keys').set('authorization', `Bearer ${program.key}`);
    const { body } = await http.send({ name: 'Short', scopes: ['*'], expiresAt });
    const follower = follow({}, body.secret);
    await following(program, follower);
    program.clock.advance(60_000);
    expect((await follower.end()).over).toBe(true);
  });

  it('are bounded for each key', async () => {
    const { secret } = await keyFor('*');
    const many = Array.from({ length: 100 }, () => follow({}, secret));
    await following(program, ...many);
    const { refused } = await follow({}, secret).end();
    expect(refused?.code).toMatch(/^(too_many_requests|4403)$/);
    await many[0]?.leave();
    let again: Follower;
    do {
      again = follow({}, secret);
      await following(program, again);
    } while (again.over);
  });

  it('of one account cost one reading, however many they are', async () => {
    const few = [follow(), follow(), follow()];
    await following(program, ...few);
    const reads = async (): Promise<number> => {
      const { statements } = await countStatements(async () => {
        const before = few.map(({ received }) => received.length);
        await contact('Counted');
        await Promise.all(few.map((follower, index) => follower.until((before[index] ?? 0) + 1)));
      });
      return statements.filter((text) => text.includes('unnest') && text.includes('from events e')).length;
    };
    // An open transaction of another database makes the feed look again, but not once for each of the 63.
    expect(await reads()).toBeLessThan(20);
    for (let i = 0; i < 60; i += 1) few.push(follow());
    await following(program, ...few);
    expect(await reads()).toBeLessThan(20);
  });

  it('are completed when the process stops', async () => {
    const stopping = await TestProgram.start({ database: program.database, clock: program.clock });
    const followers = [1, 2, 3].map(() => follow({}, program.key, undefined, stopping));
    await following(program, ...followers);
    const began = Date.now();
    await stopping.stop();
    promised(Date.now() - began, 5_000);
    await Promise.all(followers.map((follower) => follower.end()));
    expect(followers.map(({ refused }) => refused)).toEqual([null, null, null]);
  });
});
