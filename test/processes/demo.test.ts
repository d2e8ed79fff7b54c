import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.js';
import { compiled } from './compiled.js';

const ANSI = /\u001b\[/;
const ID = '[0-9a-f-]{36}';

let folder: string;
let child: Child;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-tour-'));
});

beforeEach(() => {
  child = new Child({ file: compiled('src/app/demo.ts'), env: { TMPDIR: folder } });
});

afterEach(() => child.kill());

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What the story tells under the step that begins with these words. */
function step(words: string): string {
  const [, told] = child.out.split(new RegExp(`^\\d\\. ${words}`, 'm'));
  return told?.split(/^\d\. /m)[0] ?? '';
}

test('the demo plays the tour by itself: a ring, its Slack message, an action link, a retry and a resend', async () => {
  expect(await child.ended()).toBe(0);
  expect(child.err).toBe('');

  const ring = step('Keep in touch with Ada');
  expect(ring).toMatch(/reminder\.due, \d+\.\d\d s after the change, signature verified/);
  expect(ring).toContain('actions     log_touch, snooze_1d, snooze_1w, snooze_1m, dismiss');
  expect(ring).toMatch(/┌─ Slack\n.*│ Reminder due\n.*│ Keep in touch with Ada Lovelace — \d days overdue\n/);
  expect(ring).toContain('│ [ Log a touch ] [ Snooze a day ] [ Snooze a week ] [ Snooze a month ] [ Dismiss ]');

  const [asked = '', acted = ''] = step('Press “Log a touch”').split('POST, as its button does');
  expect(asked).toMatch(/┌─ Browser\n.*│ Log a touch\?\n/);
  expect(asked).toContain('the ring is open still');
  expect(acted).toContain('The ring is done, and the touch is logged (interaction.logged, signature verified).');
  expect(acted).toMatch(/The next follow-up with Ada is on \d{4}-\d\d-\d\d\./);
  expect(acted).toContain('POST once more: 409');

  const retry = step('A receiver fails');
  expect(retry).toMatch(/Attempt 1, .*: answered 500\./);
  expect(retry).toMatch(/Attempt 2, ([3-9]|\d\d+)\.\d\d s after the first: answered 204, signature verified\./);
  const [, failed, delivered] = new RegExp(`(${ID}) → 500\\n +(${ID}) → 204`).exec(retry) ?? [];
  expect(failed).toMatch(new RegExp(ID));
  expect(delivered).toBe(failed);

  const resent = step('Resend it');
  expect(resent).toContain(`POST /v1/deliveries/${String(failed)}/redelivery`);
  expect(resent).toContain('it came again under the same webhook-id, signature verified');
  expect(resent).toMatch(/ 1 {2}\S+ {2}500\n +2 {2}\S+ {2}204\n +3 {2}\S+ {2}204\n/);
});

test('it can be read anywhere, and Ctrl-C ends it early; either way nothing stays on the disk', async () => {
  await child.says(/reminder\.due/);
  child.signal('SIGINT');
  expect(await child.ended()).toBe(130);
  expect(child.out).not.toMatch(ANSI);
  expect(child.out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});
