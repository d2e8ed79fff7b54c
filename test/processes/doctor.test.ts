import { Installation } from './installation.js';

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.open();
  await installation.start('api');
});
afterAll(() => installation.close());

/** What `kith doctor` says, line by line, and the code that it exits with. */
async function doctor(...options: string[]): Promise<{ code: number | null; lines: string[] }> {
  const child = installation.launch('src/app/cli.ts', {}, { words: ['doctor', ...options] });
  const code = await child.ended();
  return { code, lines: child.out.trimEnd().split('\n') };
}

it('lists what is broken, mends it, and says by its code whether something is left', async () => {
  const { id } = await installation.post('/v1/reminders', { title: 'Write to Ada', dueAt: '2040-03-02T10:00:00Z' });
  expect(await doctor()).toEqual({ code: 0, lines: [expect.stringMatching(/^\d+ promises checked: all are kept\.$/)] });
  await installation.rows('delete from occurrences');
  const found = await doctor();
  expect(found.code).toBe(1);
  expect(found.lines).toEqual([
    `✗ The reminder ${String(id)} is active, and no ring is open or ahead.`,
    expect.stringMatching(/^ {4}Repair puts its rings where its plan has them/),
    expect.stringMatching(/^ {4}\(account [0-9a-f-]{36}, rings_as_planned\)$/),
    expect.stringMatching(/^\d+ promises checked: 1 finding\. To mend them: kith doctor --repair$/),
  ]);
  const json = await doctor('--json');
  expect(json.code).toBe(1);
  expect(json.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { check: 'rings_as_planned', type: 'reminder', id, wrong: 'is active, and no ring is open or ahead' },
  ]);
  const mended = await doctor('--repair', '--json');
  expect(mended.code).toBe(0);
  expect(mended.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ id, outcome: 'mended' }]);
  expect(await installation.number(`select count(*) from occurrences where state = 'scheduled'`)).toBe(1);
  expect((await doctor()).code).toBe(0);
});
