import { chance } from '../../processes/chance.js';
import { TestProgram } from '../../harness/program.js';
import type { Document } from '../isolation/document.js';
import { ownersWorld } from '../isolation/world.js';
import { boundsOf, boundsOfParameter, withBound } from './bounds.js';
import type { Bound } from './bounds.js';
import { twinOf, writingsOf } from './operations.js';
import type { Writing } from './operations.js';
import { size, some as part } from '../../harness/size.js';

/** How many bodies with several values at their bounds are sent on each face: `HOSTILE_CASES=100000` for the long run. */
const CASES = Math.ceil(size('HOSTILE_CASES', 600, 200) / 2);
const SEED = Number(process.env.HOSTILE_SEED ?? 20_261_128);

/** F1 for what has bounds: periods, dates, instants, numbers and times of day of every field, in bodies that are valid otherwise. */
describe.each(['rest', 'graphql'] as const)('over %s', (face) => {
  let program: TestProgram;
  let document: Document;
  let writings: readonly (Writing & { readonly bounds: readonly Bound[] })[] = [];
  let [asked, accepted] = [0, 0];

  beforeAll(async () => {
    program = await TestProgram.start();
    document = (await program.ask('get', '/openapi.json')).body as Document;
    const world = await ownersWorld(program, document);
    writings = writingsOf(document, world).map((one) => ({ ...one, bounds: boundsOf(document, one.schema) }));
  });
  afterAll(async () => {
    process.stdout.write(`F1 at bounds, ${face}: ${asked} requests, ${accepted} of them accepted, 0 failures\n`);
    await program.stop();
  });

  const send = async (writing: Writing, body: unknown): Promise<void> => {
    const twin = twinOf(program.schema, writing);
    if (face === 'graphql' && !twin) return;
    asked += 1;
    const answer =
      face === 'graphql' && twin
        ? await program.graphql(twin(body).query, twin(body).variables)
        : await program.ask(writing.method, writing.path, { body: body as object });
    const codes = face === 'rest' ? [answer.body?.code] : (answer.body.errors ?? []).map(codeOf);
    if (answer.status < 300 && codes.every((code: unknown) => code === undefined)) accepted += 1;
    if (answer.status < 500 && !codes.some((code: unknown) => code === 'internal' || code === 'unavailable')) return;
    throw new Error(`${writing.id} ${JSON.stringify(body)} → ${JSON.stringify(answer.body).slice(0, 400)}`);
  };

  it('no field fails at its bounds', async () => {
    expect(writings.flatMap(({ bounds }) => bounds).length).toBeGreaterThan(300);
    for (const writing of writings) {
      for (const bound of part(writing.bounds, 2)) await send(writing, withBound(writing.example, bound));
    }
  });

  it('nor do several at once, one change after the other', async () => {
    const random = chance(SEED);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const bounded = writings.filter(({ bounds }) => bounds.length > 0);
    for (let n = 0; n < CASES; n += 1) {
      const writing = pick(bounded);
      const some = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(writing.bounds));
      await send(
        writing,
        some.reduce((body: unknown, bound) => withBound(body, bound), writing.example),
      );
    }
  }, 3_600_000);

  it('nor does a filter or a parameter of a read', async () => {
    if (face === 'graphql') return;
    for (const [path, { get }] of Object.entries(document.paths)) {
      if (!get || path.includes('{')) continue;
      for (const { name } of get.parameters?.filter((one) => one.in === 'query') ?? []) {
        if (!/lt\]|between\]|^(first|since|from|until|to)$/.test(name)) continue;
        for (const value of boundsOfParameter(name)) {
          const { status, body } = await program.ask('get', `${path}?${new URLSearchParams({ [name]: value })}`);
          if (status >= 500) throw new Error(`${path} ${name}=${value} → ${JSON.stringify(body)}`);
        }
      }
    }
  });
});

function codeOf({ extensions }: { extensions?: { code?: string } }): string | undefined {
  return extensions?.code;
}
