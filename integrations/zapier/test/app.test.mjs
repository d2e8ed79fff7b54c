/** The app as Zapier's platform runs it, against a real server: connect, subscribe, be told, write back, unsubscribe. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRequire } from 'node:module';
import { startCatcher, startKith } from '../../testing/kith.mjs';

const require = createRequire(import.meta.url);
const zapier = require('zapier-platform-core');
const App = require('../index.js');

let kith;
let catcher;
let authData;
const ask = zapier.createAppTester(App);
const { triggers, creates, searches } = App;
const trigger = (key, step, bundle = {}) => ask(triggers[key].operation[step], { authData, inputData: {}, ...bundle });
const create = (key, inputData) => ask(creates[key].operation.perform, { authData, inputData });
const find = (q) => ask(searches.contact.operation.perform, { authData, inputData: { q } });

before(async () => {
  catcher = await startCatcher();
  kith = await startKith(catcher.host);
  authData = { baseUrl: kith.baseUrl, apiKey: kith.apiKey };
});
after(async () => {
  await kith?.stop();
  await catcher?.stop();
});

describe('the app', () => {
  it('is one that the platform accepts', async () => {
    const { results } = await zapier.createAppHandler(App)({ command: 'validate' }, {});
    assert.deepEqual(results, []);
  });

  it('connects with a key, and says what is wrong with another', async () => {
    const me = await ask(App.authentication.test, { authData });
    assert.equal(typeof me.accountName, 'string');
    await assert.rejects(
      ask(App.authentication.test, { authData: { ...authData, apiKey: `kith_${'x'.repeat(43)}` } }),
      {
        name: 'AppError',
        message: /unknown, expired or revoked/,
      },
    );
  });

  it('keeps its key from any other address', async () => {
    const elsewhere = (z) => z.request({ url: catcher.url, method: 'POST', body: {} });
    catcher.caught.length = 0;
    await ask(elsewhere, { authData });
    assert.equal((await catcher.until(() => true)).headers.authorization, undefined);
  });
});

describe('triggers', () => {
  for (const [key, event] of Object.entries({ reminder_due: 'reminder.due', digest_ready: 'digest.ready' })) {
    it(`${key} shows samples that have what it promises`, async () => {
      const [sample] = await trigger(key, 'performList');
      assert.equal(sample.type, event);
      const missing = Object.keys(triggers[key].operation.sample).filter((name) => !(name in sample));
      assert.deepEqual(missing, []);
    });
  }

  it('subscribe, are told of a ring, and unsubscribe, once and again', async () => {
    const subscribeData = await trigger('reminder_due', 'performSubscribe', { targetUrl: catcher.url });
    assert.equal(subscribeData.event, 'reminder.due');
    const { id } = await create('reminder', { title: 'Write to Ada', dueAt: new Date().toISOString() });
    const { body } = await catcher.until(({ body: told }) => told?.title === 'Write to Ada');
    const [told] = await trigger('reminder_due', 'perform', { cleanedRequest: body });
    assert.equal(told.reminderId, id);
    assert.match(told.action_done, /^http.*\/actions\//);
    await create('ring_answer', { reminderId: told.reminderId, answer: 'snooze', for: 'P1D' });
    await trigger('reminder_due', 'performUnsubscribe', { subscribeData });
    await trigger('reminder_due', 'performUnsubscribe', { subscribeData });
  });

  it('subscribe to any event that is named, and refuse one that is none', async () => {
    const inputData = { event: 'contact.*' };
    const subscribeData = await trigger('event', 'performSubscribe', { targetUrl: catcher.url, inputData });
    await create('contact', { name: 'Grace Hopper' });
    await catcher.until(({ body }) => body?.type === 'contact.created' && body.name === 'Grace Hopper');
    await trigger('event', 'performUnsubscribe', { subscribeData, inputData });
    await assert.rejects(
      trigger('event', 'performSubscribe', { targetUrl: catcher.url, inputData: { event: 'contract.*' } }),
      { message: /event/ },
    );
  });
});

describe('actions and searches', () => {
  it('add a contact, find it, and log a touch with it', async () => {
    const added = await create('contact', { name: 'Ada Lovelace', email: 'ada@example.org', keepInTouchEvery: 'P3M' });
    assert.deepEqual(added.emails, ['ada@example.org']);
    const [found] = await find('Lovelace');
    assert.equal(found.id, added.id);
    assert.deepEqual(
      Object.keys(searches.contact.operation.sample).filter((name) => !(name in found)),
      [],
    );
    const touch = await create('interaction', { contactId: found.id, channel: 'call', summary: 'Berlin' });
    assert.equal(touch.channel, 'call');
    assert.deepEqual(await find('nobody of that name'), []);
  });

  it('answer a ring as done, or dismiss it', async () => {
    for (const [answer, state] of Object.entries({ completion: 'done', dismissal: 'dismissed' })) {
      const { id } = await create('reminder', { title: `To be ${answer}`, dueAt: new Date().toISOString() });
      const answered = await create('ring_answer', { reminderId: id, answer });
      assert.equal(answered.state, state);
    }
  });

  it('tell which field is wrong', async () => {
    await assert.rejects(create('contact', { name: 'Ada', keepInTouchEvery: 'three months' }), {
      message: /keepInTouchEvery/,
    });
  });
});
