import { Docs } from '../../../src/platform/http/docs.js';
import { TestProgram } from '../../harness/program.js';
import { CANARY, LONG_NAME, MOST_PLACES, crowd, expectSmall } from './excess.js';
import type { Told } from './excess.js';
import { some } from '../../harness/size.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

interface Body {
  readonly operation: string;
  readonly method: 'post' | 'patch' | 'put';
  readonly path: string;
  readonly lists: readonly string[];
  readonly objects: readonly string[];
}

type Schema = { type?: unknown; properties?: Record<string, Schema>; $ref?: string; anyOf?: Schema[] };

/** Every operation of REST with a JSON body, with its lists and its objects. */
function bodies(): Body[] {
  const { paths, components } = program.app.get(Docs).document as unknown as {
    paths: Record<
      string,
      Record<string, { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } }>
    >;
    components: { schemas: Record<string, Schema> };
  };
  const named = ({ $ref }: Schema = {}): Schema => components.schemas[$ref?.split('/').at(-1) ?? ''] ?? {};
  const is = (schema: Schema, type: string): boolean => [schema.type].flat().includes(type);
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).flatMap(([method, { operationId, requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      if (!schema) return [];
      const { properties = {} } = named(schema);
      const names = (type: string): string[] =>
        Object.entries(properties).flatMap(([name, one]) => (is(one, type) ? [name] : []));
      const address = path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000');
      return [
        { operation: operationId, method, path: address, lists: names('array'), objects: names('object') } as Body,
      ];
    }),
  );
}

describe('REST', () => {
  const refused = async ({ operation, method, path }: Body, body: object): Promise<Told> => {
    const { status, text, body: told } = await program.ask(method, path, { body });
    if (status < 400 || status >= 500) throw new Error(`${operation} → ${status}`);
    expectSmall(text);
    expect((told.errors ?? []).length).toBeLessThanOrEqual(MOST_PLACES);
    return told as Told;
  };

  it('unknown names: as many as a body may hold, and more', async () => {
    expect(bodies().length).toBeGreaterThan(20);
    for (const body of some(bodies(), 3)) {
      const [beyond] = (await refused(body, crowd(60_000))).errors ?? [];
      expect(beyond).toMatchObject({ pointer: '', code: 'tooManyValues' });
      const { errors = [], moreErrors = 0, detail } = await refused(body, crowd(50_000));
      const unknown = errors.filter(({ code }) => code === 'unknownField').length;
      expect([body.operation, unknown > 0 || errors[0]?.code === 'isBatch']).toEqual([body.operation, true]);
      expect([body.operation, errors.length + moreErrors >= 50_000]).toEqual([body.operation, true]);
      expect(detail).toMatch(/ And [\d,]+ more\.$/);
    }
  });

  it('a name and texts that fill the body', async () => {
    for (const body of some(bodies(), 3)) {
      await refused(body, LONG_NAME);
      await refused(
        body,
        crowd(4_000, (n) => `${CANARY}${n}`),
      );
      for (const name of [...body.lists, ...body.objects]) await refused(body, { [name]: CANARY.repeat(4_000) });
    }
  });

  it('lists and objects that fill the body', async () => {
    for (const body of some(bodies(), 3)) {
      for (const name of body.lists) {
        await refused(body, { [name]: Array.from({ length: 49_000 }, () => CANARY.slice(0, 5)) });
        await refused(body, { [name]: Array.from({ length: 49_000 }, () => ({})) });
        await refused(body, { [name]: [LONG_NAME] });
      }
      for (const name of body.objects) {
        await refused(body, { [name]: crowd(40_000) });
        await refused(body, { [name]: { a: Array.from({ length: 49_000 }, () => 1) } });
        await refused(body, { [name]: LONG_NAME });
      }
    }
  });

  it('operations of a batch: unknown names, and all of them invalid', async () => {
    const batch = {
      operation: 'batchContacts',
      method: 'post',
      path: '/v1/contacts/batch',
      lists: [],
      objects: [],
    } as const;
    const create = { create: { name: 'Ada', ...crowd(40_000) } };
    const { errors, moreErrors } = await refused(batch, { operations: [create] });
    expect(errors).toHaveLength(MOST_PLACES);
    expect(moreErrors).toBe(40_000 - MOST_PLACES);
    const all = await refused(batch, {
      operations: Array.from({ length: 1_000 }, () => ({ create: { nam: 1, emai: 2 } })),
    });
    expect([all.errors?.length, all.moreErrors]).toEqual([MOST_PLACES, 3_000 - MOST_PLACES]);
    await refused(batch, { operations: Array.from({ length: 1_000 }, () => crowd(40)) });
    const apart = await program.ask('post', `${batch.path}?atomic=false`, { body: { operations: [create] } });
    expect(apart.status).toBe(200);
    expectSmall(apart.text);
  });

  it('parts inside a list: their unknown names count as well', async () => {
    const links = [{ url: 'https://a.example', ...crowd(40_000) }];
    const body = { operation: 'createContact', method: 'post', path: '/v1/contacts', lists: [], objects: [] } as const;
    const { moreErrors = 0 } = await refused(body, { name: 'Ada', links });
    expect(moreErrors).toBeGreaterThanOrEqual(40_000 - MOST_PLACES);
  });

  it('few invalid places are all named, and nothing is counted', async () => {
    const { body } = await program.ask('post', '/v1/contacts', { body: { nam: 1, emai: 2 } });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/emai', '/nam', '/name']);
    expect(body).not.toHaveProperty('moreErrors');
  });

  it('parameters and filters repeat little of a long name', async () => {
    for (const query of [
      `${CANARY}=1`,
      `filter[${CANARY}][eq]=1`,
      `filter[name][${CANARY}]=1`,
      `sort=${CANARY}`,
      `fields=${CANARY}`,
    ]) {
      const { status, text } = await program.ask('get', `/v1/contacts?${query}`);
      expect(status).toBe(400);
      expectSmall(text);
    }
  });
});
