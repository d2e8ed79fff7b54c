import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('lists of contacts over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const make = async (input: Record<string, unknown> = {}) =>
    (await face.create('Contact', { name: 'Ada Lovelace', ...input })).data;

  it('lists by filter and sort, page by page, each row once', async () => {
    for (const [n, company] of [
      [3, 'Acme'],
      [1, 'acme corp'],
      [2, 'Other'],
      [5, null],
      [4, 'Acme'],
    ] as const) {
      await make({ name: `N${n}`, company });
    }
    const found = await face.page('Contact', { filter: { company: { contains: 'ACME' } }, sort: 'name' });
    expect(found.rows.map((row) => row.name)).toEqual(['N1', 'N3', 'N4']);
    const names: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await face.page('Contact', { first: 2, sort: '-company,name', ...(after ? { after } : {}) });
      names.push(...page.rows.map((row) => row.name));
      after = page.hasNextPage ? (page.endCursor ?? undefined) : undefined;
    } while (after);
    expect(names).toHaveLength(5);
    expect(names.at(-1)).toBe('N5');
    expect(new Set(names).size).toBe(5);
  });

  it('refuses a cursor of another sort, another account or nobody', async () => {
    await make();
    await make({ name: 'B' });
    const { endCursor } = await face.page('Contact', { first: 1, sort: 'name' });
    const after = String(endCursor);
    expect((await face.page('Contact', { first: 1, sort: '-name', after })).code).toBe('invalid_cursor');
    expect(
      (await face.as(await program.anotherAccount()).page('Contact', { first: 1, sort: 'name', after })).code,
    ).toBe('invalid_cursor');
    expect((await face.page('Contact', { first: 1, after: 'bm9ib2R5' })).code).toBe('invalid_cursor');
    expect((await face.page('Contact', { first: 1, sort: 'name', after })).rows).toHaveLength(1);
  });
});
