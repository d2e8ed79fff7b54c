/** The nodes as n8n runs them, against a real server: switched on, told of a ring, answered, switched off. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startCatcher, startKith } from '../../testing/kith.mjs';
import { hostOf } from './host.mjs';

const require = createRequire(import.meta.url);
const { KithApi } = require('../credentials/KithApi.credentials.js');
const { Kith } = require('../nodes/Kith/Kith.node.js');
const { KithTrigger } = require('../nodes/Kith/KithTrigger.node.js');
const { n8n } = require('../package.json');

const credential = new KithApi();
const trigger = new KithTrigger();
const node = new Kith();

let kith;
let catcher;
before(async () => {
  catcher = await startCatcher();
  kith = await startKith(catcher.host);
});
after(async () => {
  await kith?.stop();
  await catcher?.stop();
});

const hosted = (parameters, more = {}) => hostOf({ credential, credentials: kith, parameters, ...more });
const run = async (resource, operation, fields, more) => {
  const [items] = await node.execute.call(hosted({ resource, operation, ...fields }, more));
  return items.map(({ json }) => json);
};
const { checkExists, create, delete: remove } = trigger.webhookMethods.default;

describe('the package', () => {
  it('names files that are there', () => {
    const files = [...n8n.credentials, ...n8n.nodes].map((file) => join(import.meta.dirname, '..', file));
    assert.deepEqual(
      files.filter((file) => !existsSync(file)),
      [],
    );
  });

  it('asks for every field that an operation needs, and shows it only there', () => {
    const names = node.description.properties.map(({ name }) => name);
    const operations = node.description.properties.filter(({ name }) => name === 'operation');
    assert.deepEqual(
      names.filter((name) => names.indexOf(name) !== names.lastIndexOf(name)),
      ['operation', 'operation', 'operation', 'more', 'more', 'more'],
    );
    for (const { options, displayOptions } of operations) {
      const [resource] = displayOptions.show.resource;
      for (const { value } of options)
        assert.ok(require('../nodes/Kith/operations.js').operations[`${resource}.${value}`]);
    }
  });
});

describe('the trigger', () => {
  it('subscribes once, is told of a ring, and unsubscribes', async () => {
    const kept = {};
    const host = hosted({ event: 'reminder.due' }, { url: catcher.url, kept });
    assert.equal(await checkExists.call(host), false);
    assert.equal(await create.call(host), true);
    assert.equal(await checkExists.call(hosted({ event: 'reminder.due' }, { url: catcher.url })), true);
    const [made] = await run('reminder', 'create', { title: 'Write to Ada', dueAt: new Date().toISOString() });
    const { body } = await catcher.until(({ body: told }) => told?.title === 'Write to Ada');
    const { workflowData } = await trigger.webhook.call(hosted({}, { body }));
    const [[{ json }]] = workflowData;
    assert.equal(json.reminderId, made.id);
    const [answered] = await run('reminder', 'snooze', { reminderId: json.reminderId, period: 'P8M' });
    assert.equal(answered.id, made.id);
    assert.equal(await remove.call(host), true);
    assert.deepEqual(kept, {});
    assert.equal(await checkExists.call(host), false);
  });

  it('is content when its hook is gone already', async () => {
    const kept = { hookId: '0192f1c4-0000-7000-8000-000000000000' };
    assert.equal(await remove.call(hosted({ event: '*' }, { kept })), true);
    assert.deepEqual(kept, {});
  });

  it('takes an event by its name', async () => {
    const host = hosted({ event: 'other', eventName: 'contact.*' }, { url: `${catcher.url}/contacts` });
    await create.call(host);
    await run('contact', 'create', { name: 'Grace Hopper' });
    await catcher.until(({ path, body }) => path.endsWith('/contacts') && body?.type === 'contact.created');
    assert.equal(await remove.call(host), true);
  });
});

describe('the node', () => {
  it('adds a contact, finds it, and logs a touch', async () => {
    const more = { email: 'ada@example.org', keepInTouchEvery: 'P3M' };
    const [added] = await run('contact', 'create', { name: 'Ada Lovelace', more });
    assert.deepEqual(added.emails, ['ada@example.org']);
    assert.deepEqual(
      (await run('contact', 'search', { q: 'Lovelace', limit: 5 })).map(({ id }) => id),
      [added.id],
    );
    const [touch] = await run('interaction', 'log', {
      contactId: added.id,
      channel: 'call',
      more: { summary: 'Berlin' },
    });
    assert.equal(touch.summary, 'Berlin');
  });

  it('does its work once for each item', async () => {
    const input = [{ json: {} }, { json: {} }];
    assert.equal((await run('contact', 'create', { name: 'A twin' }, { input })).length, 2);
  });

  it('completes and dismisses', async () => {
    for (const [operation, state] of Object.entries({ complete: 'done', dismiss: 'dismissed' })) {
      const [{ id }] = await run('reminder', 'create', { title: operation, dueAt: new Date().toISOString() });
      const [answered] = await run('reminder', operation, { reminderId: id });
      assert.equal(answered.state, state);
    }
  });

  it('tells which field is wrong', async () => {
    await assert.rejects(run('contact', 'create', { name: 'Ada', more: { keepInTouchEvery: 'three months' } }), {
      message: /keepInTouchEvery/,
    });
  });
});
