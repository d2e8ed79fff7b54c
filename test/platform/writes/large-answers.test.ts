import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { BATCH, CHANGE, LARGE, asked, contactOf } from './large-answers.js';

/** The most of resources in one answer of a batch, with the last that still fitted; and the most that is kept of an answer. */
const LARGEST_ANSWER = 2_097_152;
const LARGEST_KEPT = 65_536;

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

const large = async (): Promise<string> => {
  const { status, body } = await program.ask('post', '/v1/contacts', { body: LARGE });
  if (status !== 201) throw new Error(JSON.stringify(body).slice(0, 300));
  return String(body.id);
};

const keptBytes = async (): Promise<number> => {
  const { rows } = await program.pool.query('select max(octet_length(answer)) as most from kept_answers');
  return Number(rows[0].most);
};

describe.each(faces)('large answers over %s', (face) => {
  it('C10: the resources of a batch end with 2 MB, and all is carried out', async () => {
    const id = await large();
    const operations = Array.from({ length: 1_000 }, () => ({ update: { id, set: {} } }));
    const answer = await asked(program, face, BATCH, { operations });
    expect(answer.text.length).toBeLessThan(LARGEST_ANSWER * 1.2);
    const results = answer.data as { status: number; id: string; contact: object | null; problem: unknown }[];
    expect(results).toHaveLength(1_000);
    expect(results.every((one) => one.status === 200 && one.id === id && one.problem === null)).toBe(true);
    const shown = results.map(({ contact }) => contact !== null);
    expect(shown[0]).toBe(true);
    expect(shown.lastIndexOf(true) + 1).toBe(shown.filter(Boolean).length);
    expect(shown.filter(Boolean).length).toBeLessThan(100);
  }, 60_000);

  it('each by itself, the same', async () => {
    const id = await large();
    const operations = Array.from({ length: 100 }, () => ({ update: { id, set: {} } }));
    const { text, data } = await asked(program, face, BATCH, { operations, atomic: false });
    expect(text.length).toBeLessThan(LARGEST_ANSWER * 1.2);
    expect((data as { status: number }[]).filter(({ status }) => status === 200)).toHaveLength(100);
  });

  it('a large resource is read again for a repeated request', async () => {
    const id = await large();
    const headers = { 'idempotency-key': `again-${face}` };
    const change = { id, input: { title: 'Countess' } };
    const first = await asked(program, face, CHANGE, change, headers);
    await program.ask('patch', `/v1/contacts/${id}`, { body: { company: 'Engines' } });
    const second = await asked(program, face, CHANGE, change, headers);
    expect([second.code, second.message]).toEqual([null, '']);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.status).toBe(first.status);
    const now = contactOf(second);
    expect(now).toMatchObject({
      ...contactOf(first),
      ...pick(now, ['version', 'updatedAt', 'company', 'nextTouchAt']),
    });
    expect(now).toMatchObject({ title: 'Countess', company: 'Engines' });
    expect(await keptBytes()).toBeLessThan(LARGEST_KEPT * 1.5);
    await program.ask('delete', `/v1/contacts/${id}`);
    const gone = await asked(program, face, CHANGE, change, headers);
    expect(gone.code).toBe('conflict');
    expect(gone.message).toContain('carried out');
  });

  it('a large batch is carried out once, and its repeated answer leaves the resources out', async () => {
    await program.events();
    const headers = { 'idempotency-key': `batch-${face}` };
    const operations = Array.from({ length: 300 }, (_, n) => ({ create: { name: `N${n}`, notes: 'x'.repeat(500) } }));
    const first = await asked(program, face, BATCH, { operations }, headers);
    const second = await asked(program, face, BATCH, { operations }, headers);
    expect(second.headers['idempotency-replayed']).toBe('true');
    const shortened = (first.data as object[]).map((one) => ({ ...one, contact: null }));
    expect(second.data).toEqual(shortened);
    expect((await program.events()).filter((type) => type === 'contact.created')).toHaveLength(300);
    expect(await keptBytes()).toBeLessThan(LARGEST_KEPT * 1.5);
  });

  it('a small batch is kept as it was', async () => {
    const headers = { 'idempotency-key': `small-${face}` };
    const operations = [{ create: { name: 'Ada' } }, { delete: { id: await large() } }];
    const first = await asked(program, face, BATCH, { operations }, headers);
    expect((await asked(program, face, BATCH, { operations }, headers)).data).toEqual(first.data);
    expect((first.data as { contact: object | null }[])[0]?.contact).toMatchObject({ name: 'Ada' });
  });
});

function pick(from: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}
