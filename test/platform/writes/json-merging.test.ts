import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

describe.each(faces)('custom fields over %s', (name) => {
  let face: Face;
  beforeEach(async () => {
    face = faceOf(name, program);
    await program.events();
  });

  const make = async (custom: object): Promise<string> =>
    String((await face.create('Contact', { name: 'Ada', custom })).data.id);
  const patch = async (id: string, custom: object) => (await face.update('Contact', id, { custom })).data.custom;
  const put = async (externalId: string, custom: object) => {
    if (name === 'rest') {
      const body = { name: 'Ada', custom };
      return (await program.ask('put', `/v1/contacts/by/crm/${externalId}`, { body })).body.custom;
    }
    const { body } = await program.graphql(
      `mutation ($id: String!, $custom: JSON) { put: putContactByExternalId(source: "crm", externalId: $id,
        input: { name: "Ada", custom: $custom }) { contact { custom } } }`,
      { id: externalId, custom },
    );
    return body.data.put.contact.custom;
  };

  it('are merged at every level: null removes, lists are replaced, nothing is stored as null', async () => {
    const id = await make({ drop: 1, keep: { a: 1, b: { c: 2 } }, list: [1, 2], none: null });
    expect((await face.one('Contact', id)).data.custom).toEqual({ drop: 1, keep: { a: 1, b: { c: 2 } }, list: [1, 2] });
    expect(await patch(id, { drop: null, add: 1 })).toEqual({ keep: { a: 1, b: { c: 2 } }, list: [1, 2], add: 1 });
    expect(await patch(id, { keep: { b: { c: null, d: { e: null } } }, list: [{ x: null }] })).toEqual({
      keep: { a: 1, b: { d: {} } },
      list: [{ x: null }],
      add: 1,
    });
    expect(await patch(id, { keep: 'text', add: { n: 1 }, list: null })).toEqual({ keep: 'text', add: { n: 1 } });
    expect(await program.events()).toEqual(['contact.created', ...Array.from({ length: 3 }, () => 'contact.updated')]);
  });

  it('lose no name without a word: those that cannot be kept are refused, at any level', async () => {
    for (const [at, lost] of ['constructor', 'prototype', '__proto__'].entries()) {
      const inner = JSON.parse(`{"${lost}": ${at}}`) as object;
      for (const custom of [inner, { a: { b: [inner] } }]) {
        const { code, message } = await face.create('Contact', { name: 'Ada', custom });
        expect([code, message]).toEqual([
          expect.stringMatching(/^(invalid_input|malformed_body)$/),
          expect.any(String),
        ]);
      }
    }
    const kept = { constructors: 1, proto: { toString: 'kept' } };
    expect((await face.one('Contact', await make(kept))).data.custom).toEqual(kept);
    expect(await program.events()).toEqual(['contact.created']);
  });

  it('change nothing, and record nothing, when the patch says what is there', async () => {
    const id = await make({ a: { b: 1 } });
    expect(await patch(id, { a: { b: 1 }, gone: null })).toEqual({ a: { b: 1 } });
    expect(await patch(id, {})).toEqual({ a: { b: 1 } });
    expect(await program.events()).toEqual(['contact.created']);
  });

  it('lose nothing of twenty changes at once', async () => {
    const id = await make({});
    await Promise.all(Array.from({ length: 20 }, (_, n) => patch(id, { [`key${n}`]: n })));
    expect(Object.keys((await face.one('Contact', id)).data.custom as object)).toHaveLength(20);
    await program.events();
  });

  it('are replaced by a whole representation', async () => {
    expect(await put(`${name}-1`, { a: { b: 1, c: null }, d: 1 })).toEqual({ a: { b: 1 }, d: 1 });
    expect(await put(`${name}-1`, { a: { e: 2 } })).toEqual({ a: { e: 2 } });
    expect(await put(`${name}-1`, {})).toEqual({});
  });

  it('merge in a batch too', async () => {
    const id = await make({ a: 1, b: 2 });
    const operations = [{ update: { id, set: { custom: { a: null, c: 3 } } } }];
    if (name === 'rest') await program.ask('post', '/v1/contacts/batch', { body: { operations } });
    else {
      const text = `mutation ($operations: [ContactOperation!]!) { batchContacts(operations: $operations) { status } }`;
      await program.graphql(text, { operations });
    }
    expect((await face.one('Contact', id)).data.custom).toEqual({ b: 2, c: 3 });
  });

  it('are bounded, however often they are merged', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`) as object;
    const id = await make({ half: 'x'.repeat(10_000) });
    await program.events();
    for (const custom of [
      deep,
      { more: 'x'.repeat(20_000) },
      { other: 'y'.repeat(10_000) },
      { a: '\ud800' },
      keys(101),
    ]) {
      const { code, errors } = await face.update('Contact', id, { custom });
      expect([code, errors.map(({ pointer }) => pointer)]).toEqual(['invalid_input', ['/custom']]);
    }
    expect(await program.events()).toEqual([]);
    const crowded = await face.update('Contact', id, { custom: keys(99) });
    expect([crowded.message, Object.keys(crowded.data.custom ?? {}).length]).toEqual(['', 100]);
    const { code, message } = await face.update('Contact', id, { custom: { one: 1 } });
    expect([code, message]).toEqual(['invalid_input', expect.stringContaining('more than 100 keys')]);
    await patch(id, Object.fromEntries(Object.keys(keys(99)).map((key) => [key, null])));
    expect(Object.keys((await patch(id, { half: null, other: 'y'.repeat(10_000) })) as object)).toEqual(['other']);
    await program.events();
  });
});

function keys(count: number): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));
}

it('a patch has the media type of RFC 7396 as well', async () => {
  const { body: made } = await program.ask('post', '/v1/contacts', { body: { name: 'Ada', custom: { drop: 1 } } });
  const headers = { 'content-type': 'application/merge-patch+json' };
  const { status, body } = await program
    .ask('patch', `/v1/contacts/${made.id}`, { headers })
    .send(JSON.stringify({ custom: { drop: null, add: 1 } }));
  expect([status, body.custom]).toEqual([200, { add: 1 }]);
  const infinite = await program
    .ask('patch', `/v1/contacts/${made.id}`, { headers })
    .send('{"custom": {"far": 1e400}}');
  expect([infinite.status, infinite.body.errors[0].pointer]).toEqual([422, '/custom']);
});
