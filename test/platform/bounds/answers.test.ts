import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { settled } from '../events/settled.js';

/** A page of so many contacts has more than 4 MB. */
const MANY = 100;
const LARGE = {
  name: 'Ada',
  // Three bytes each, and no words that the search would have to keep.
  notes: '…'.repeat(10_000),
  custom: { text: 'c'.repeat(16_000) },
};

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
  const { body } = await program.ask('post', '/v1/contacts', { body: LARGE });
  await program.pool.query(
    `insert into contacts select (jsonb_populate_record(c, jsonb_build_object('id', new_id()))).* from contacts c, generate_series(2, $1)`,
    [MANY],
  );
  await program.pool.query(
    `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
     select account_id, new_id(), type, subject_type, subject_id, occurred_at, data from events, generate_series(2, $1) where subject_id = $2`,
    [MANY, body.id],
  );
});
afterAll(() => program.stop());

describe.each(faces)('over %s', (name) => {
  it('a page beyond 4 MB is refused and says so, a smaller one is answered', async () => {
    const face = faceOf(name, program);
    const { code, message } = await face.page('Contact', { first: MANY });
    expect([code, message]).toEqual([
      'too_complex',
      expect.stringMatching(/ MB; 4\.0 MB are allowed\. Ask for fewer rows/),
    ]);
    expect((await face.page('Contact', { first: 20 })).rows).toHaveLength(20);
  });
});

it('several lists of one query, each beyond 4 MB or all together', async () => {
  const list = (name: string, first: number): string => `${name}: contacts(first: ${first}) { nodes { notes custom } }`;
  for (const query of [`{ ${list('one', 100)} }`, `{ ${list('one', 50)} ${list('two', 50)} ${list('three', 50)} }`]) {
    const { body } = await program.graphql(query);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringMatching(/ MB; 4\.0 MB are allowed/),
      extensions: { code: 'too_complex' },
    });
  }
});

it('changes beyond 4 MB as well', async () => {
  await settled(program.pool);
  const { status, body } = await program.ask('get', '/v1/changes?first=1000');
  expect([status, body.code]).toEqual([400, 'too_complex']);
  expect((await program.ask('get', '/v1/changes?first=20')).body.data).toHaveLength(20);
  const { body: answer } = await program.graphql('{ changes(first: 1000) { data { id data } } }');
  expect(answer.errors[0].extensions.code).toBe('too_complex');
});
