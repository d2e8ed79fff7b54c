import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { TestProgram } from '../../../harness/program.js';
import { PULL_URL, REVIEW_URL, comment, deliver, makeHook, merge, review, user } from './github.js';
import type { Hook, How, Payload } from './github.js';

let program: TestProgram;
let hook: Hook;

beforeAll(async () => {
  program = await TestProgram.start();
  await program.ask('patch', '/v1/account', { body: { timeZone: 'Europe/Berlin', dayStartsAt: '09:00' } });
  hook = await makeHook(program);
});
afterAll(() => program.stop());
beforeEach(async () => {
  await program.clear();
  program.clock.set('2026-03-02T10:00:00.000Z');
  await program.events();
});

const LOGGED = { outcome: 'logged', reason: null };
const STRANGER = { outcome: 'ignored', reason: 'It is about nobody who is a contact, or should become one.' };

async function answered(payload: Payload, how: How = {}): Promise<Record<string, unknown>> {
  const { status, body } = await deliver(program, hook, payload, how);
  expect([status, body]).toEqual([200, expect.anything()]);
  return body;
}

async function listed(path: string): Promise<Payload[]> {
  return (await program.ask('get', path)).body.data;
}

const merged = (number?: number) => answered(merge('ada', 'octocat', number), { event: 'pull_request' });
const commented = (by: string, of: string, id: number, page?: string) =>
  answered(comment(by, of, id, page), { event: 'issue_comment' });

describe('what GitHub delivers', () => {
  it('of a review of mine by somebody new is a contact, an encounter and an interaction', async () => {
    expect(await answered(review('Ada', 'octocat'))).toEqual(LOGGED);
    expect(await program.events()).toEqual([
      ...['encounter.logged', 'contact.created', 'interaction.logged', 'contact.updated'],
    ]);
    const [ada] = await listed('/v1/contacts');
    const [encounter] = await listed('/v1/encounters');
    expect(ada).toMatchObject({
      ...{ name: 'Ada', relation: 'maintainer', links: [{ kind: 'github', value: 'https://github.com/Ada' }] },
      ...{ encounterId: encounter?.id, metOn: '2026-03-02', lastTouchAt: '2026-03-02T09:00:00.000Z' },
    });
    expect(encounter).toMatchObject({
      ...{ kind: 'pull_request', url: PULL_URL, project: 'fastify/fastify', number: 4711, title: 'Fix the parser' },
      ...{ myRole: 'contributor', people: [{ contactId: ada?.id, role: 'maintainer' }] },
    });
    expect(await listed('/v1/interactions')).toMatchObject([
      {
        ...{ contactIds: [ada?.id], channel: 'code_review', direction: 'inbound', countsAsTouch: true },
        ...{ occurredAt: '2026-03-02T09:00:00.000Z' },
        summary: `Approved: Fix the parser (fastify/fastify#4711)\n${REVIEW_URL}`,
      },
    ]);
  });

  it('is about contacts by their GitHub profile, however it is written, and about one encounter of a page', async () => {
    const { body: ada } = await program.ask('post', '/v1/contacts', {
      body: { name: 'Ada Lovelace', links: [{ kind: 'github', value: 'www.github.com/ADA/' }] },
    });
    const met = { url: `${PULL_URL}/files`.replace('fastify/fastify', 'Fastify/fastify'), people: [] };
    const { body: encounter } = await program.ask('post', '/v1/encounters', { body: met });
    await program.events();
    expect(await answered(review('octocat', 'ada', { state: 'changes_requested' }))).toEqual(LOGGED);
    expect(await program.events()).toEqual(['encounter.updated', 'interaction.logged', 'contact.updated']);
    expect(await commented('ada', 'octocat', 1, 'pull/4711')).toEqual(LOGGED);
    expect(await program.events()).toEqual(['interaction.logged']);
    expect(await commented('bob', 'octocat', 2)).toEqual(LOGGED);
    const people = [{ contactId: ada.id, role: 'contributor' }];
    const encounters = await listed('/v1/encounters?sort=id');
    expect(encounters).toMatchObject([
      { id: encounter.id, people },
      { kind: 'issue', number: 12 },
    ]);
    expect(await listed('/v1/interactions?sort=id&fields=channel,direction,summary')).toEqual([
      {
        ...{ channel: 'code_review', direction: 'outbound' },
        summary: `Requested changes: Fix the parser (fastify/fastify#4711)\n${REVIEW_URL}`,
      },
      { channel: 'code_review', direction: 'inbound', summary: expect.stringMatching(/^Commented: It hangs/) },
      { channel: 'message', direction: 'inbound', summary: expect.stringContaining('#issuecomment-2') },
    ]);
    expect(await listed('/v1/contacts?filter[name][eq]=bob')).toMatchObject([{ relation: 'community' }]);
  });

  it('of a merge offers a thank-you, once for each pull request', async () => {
    expect(await merged()).toEqual(LOGGED);
    expect(await program.events()).toEqual([
      ...['encounter.logged', 'contact.created', 'interaction.logged', 'contact.updated', 'reminder.created'],
    ]);
    const reminders = () => listed('/v1/reminders?filter[kind][eq]=follow_up&filter[state][eq]=active');
    const [thanks] = await reminders();
    const title = 'Thank ada for merging fastify/fastify#4711';
    expect(thanks).toMatchObject({ title, dueAt: '2026-03-03T08:00:00.000Z', subjectType: 'contact' });
    expect(await merged()).toEqual({ outcome: 'known', reason: 'It was logged before.' });
    expect(await program.events()).toEqual([]);
    await program.ask('patch', `/v1/contacts/${String(thanks?.subjectId)}`, { body: { name: 'Ada' } });
    program.clock.set('2026-03-03T08:00:00.000Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(1);
    const [ring] = await listed('/v1/occurrences?filter[state][eq]=open');
    expect(ring).toMatchObject({ title: 'Thank Ada for merging fastify/fastify#4711' });
    await program.ask('post', `/v1/reminders/${String(thanks?.id)}/completion`);
    expect(await reminders()).toEqual([]);
    expect(await merged()).toMatchObject({ outcome: 'known' });
    expect(await merged(4712)).toEqual(LOGGED);
    expect(await reminders()).toMatchObject([{ title: 'Thank Ada for merging fastify/fastify#4712' }]);
  });

  it('of a thank-you goes with the contact and comes back with it, and is offered for nobody who is archived', async () => {
    await merged();
    const [ada] = await listed('/v1/contacts');
    const path = `/v1/contacts/${String(ada?.id)}`;
    const titles = async () => (await listed('/v1/reminders?filter[state][eq]=active')).map(({ title }) => title);
    await program.ask('delete', path);
    expect(await titles()).toEqual([]);
    await program.ask('post', `${path}/restoration`);
    expect(await titles()).toEqual(['Thank ada for merging fastify/fastify#4711']);
    await program.ask('patch', path, { body: { archived: true } });
    expect(await merged(4712)).toEqual(LOGGED);
    expect(await titles()).toEqual([]);
  });

  it('is logged once: by its delivery, by its address, and when it arrives several times at once', async () => {
    const at = (id: number) => review('ada', 'octocat', { html_url: `${PULL_URL}#pullrequestreview-${id}` });
    const same = Array.from({ length: 5 }, () => answered(at(1)));
    const outcomes = (await Promise.all(same)).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['known', 'known', 'known', 'known', 'logged']);
    const delivery = 'd7b0f8a0-1f6e-11f0-8000-000000000000';
    expect(await answered(at(2), { delivery })).toEqual(LOGGED);
    expect(await answered(at(3), { delivery })).toMatchObject({ outcome: 'known' });
    const interactions = await listed('/v1/interactions');
    expect([interactions.length, (await listed('/v1/contacts')).length]).toEqual([2, 1]);
    for (const { id } of interactions) await program.ask('delete', `/v1/interactions/${String(id)}`);
    expect(await answered(at(2))).toMatchObject({ outcome: 'known' });
    expect(await listed('/v1/interactions')).toEqual([]);
  });

  it('brings nobody back: neither from the trash, nor who was erased or purged', async () => {
    for (const login of ['trashed', 'erased'])
      await answered(review(login, 'octocat', { html_url: `${PULL_URL}#${login}` }));
    const [one, other] = await listed('/v1/contacts?sort=id');
    await program.ask('delete', `/v1/contacts/${String(one?.id)}`);
    await program.ask('post', `/v1/contacts/${String(other?.id)}/erasure`, { body: { name: 'erased' } });
    await program.events();
    for (const login of ['Trashed', 'Erased'])
      expect(await answered(review(login, 'octocat', { html_url: `${PULL_URL}#again-${login}` }))).toEqual(STRANGER);
    expect(await program.events()).toEqual([]);
    await program.ask('post', `/v1/contacts/${String(one?.id)}/restoration`);
    expect(await answered(review('trashed', 'octocat', { html_url: `${PULL_URL}#restored` }))).toEqual(LOGGED);
  });

  it('is about nobody new for a hook that adds no contacts', async () => {
    await program.ask('patch', `/v1/githubHooks/${hook.id}`, { body: { addsContacts: false } });
    expect(await answered(review('ada', 'octocat'))).toEqual(STRANGER);
    await program.ask('patch', `/v1/githubHooks/${hook.id}`, { body: { addsContacts: true } });
    expect(await answered(review('ada', 'octocat'))).toEqual(LOGGED);
  });

  const closed = {
    ...merge('ada', 'octocat'),
    pull_request: { ...(merge('ada', 'octocat').pull_request as Payload), merged: false },
  };
  it.each<[string, Payload, string, RegExp]>([
    ['a ping', { zen: 'Keep it logically awesome.' }, 'ping', /^pong$/],
    ['another event', {}, 'star', /event star is not logged/],
    ['another action', { ...review('ada', 'octocat'), action: 'edited' }, 'pull_request_review', /action edited/],
    ['a bot', review('x', 'octocat', { user: user('renovate[bot]', 'Bot') }), 'pull_request_review', /program/],
    ['my own', review('octocat', 'OctoCat'), 'pull_request_review', /yourself/],
    ['others among themselves', review('ada', 'bob'), 'pull_request_review', /Neither/],
    ['a ghost', review('ada', 'octocat', { user: null }), 'pull_request_review', /no longer/],
    ['a closed one', closed, 'pull_request', /not merged/],
    ['a merge by me', merge('octocat', 'octocat'), 'pull_request', /yourself/],
    ['a merge of others', merge('octocat', 'ada'), 'pull_request', /not yours/],
  ])('of %s is ignored, with the reason', async (_, payload, event, why) => {
    const { outcome, reason } = await answered(payload, { event });
    expect(String(reason ?? outcome)).toMatch(why);
    expect(await program.events()).toEqual([]);
  });
});
