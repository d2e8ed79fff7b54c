import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { TestProgram } from '../../harness/program.js';
import { until } from '../../harness/until.js';
import { openBrowser, visit } from './browser.js';
import type { Look } from './browser.js';

let program: TestProgram;
let browser: Browser;

beforeAll(async () => {
  program = await TestProgram.start();
  browser = await openBrowser();
  await call('POST', '/v1/contacts', { name: 'Ada Lovelace', company: 'Analytical Engines' });
  await call('POST', '/v1/reminders', { title: 'Ask Ada', dueAt: '2026-03-09T10:00:00Z' });
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

async function call(method: string, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${program.key}`, 'content-type': 'application/json' };
  const { status } = await fetch(`${program.address}${path}`, { method, headers, body: JSON.stringify(body) });
  if (status !== 201) throw new Error(`${method} ${path} answered ${status}`);
}

const LOOKS: readonly [string, Look][] = [
  ['light', { colorScheme: 'light', width: 1_200 }],
  ['dark', { colorScheme: 'dark', width: 1_200 }],
  ['narrow', { colorScheme: 'light', width: 390 }],
];

/** What shows that a page is there, whole. */
const PAGES: readonly [string, (page: Page) => Promise<unknown>][] = [
  ['/', (page) => page.getByText('Everything works').waitFor()],
  ['/problems', (page) => page.getByText('already_exists').waitFor()],
  [
    '/graphql',
    (page) => page.locator('.graphiql-query-editor .view-line', { hasText: 'hasNextPage' }).first().waitFor(),
  ],
  [
    '/docs',
    async (page) => {
      await page.getByText('/v1/account').first().waitFor();
      await until('operations further down are drawn when they come into sight', async () => {
        await page.mouse.wheel(0, 500);
        return page.getByText('/v1/contacts/{id}').first().isVisible();
      });
    },
  ],
];

/** What was painted last is on the screen. */
function settle(page: Page): Promise<unknown> {
  return page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** With SCREENSHOTS=folder every page is also kept as a picture, for eyes. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll('/', '') || 'start'}.png`) });
}

describe.each(LOOKS)('the pages for people, %s', (name, look) => {
  it.each(PAGES)(
    '%s comes whole from its own origin, without an error and without a sideways scroll',
    async (path, whole) => {
      const { page, trouble } = await visit(browser, `${program.address}${path}`, look);
      await whole(page);
      await settle(page);
      await keep(page, `${name}-${path}`);
      const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      await page.context().close();
      expect(trouble).toEqual([]);
      expect(wider).toBeLessThanOrEqual(0);
    },
    60_000,
  );
});

const DESK: Look = { colorScheme: 'light', width: 1_200 };

describe('the first screen', () => {
  it('shows the next ring over all accounts, and nothing of anyone', async () => {
    const { page } = await visit(browser, program.address, DESK);
    const text = await page.locator('main').innerText();
    await page.context().close();
    expect(text).toContain('2026-03-09 10:00:00 UTC, in 7 days');
    expect(text).not.toMatch(/Ada|Analytical/);
  });
});

describe('GraphiQL', () => {
  /** Writes an operation and a key, runs it, and waits for what the answer must show. */
  async function runs(operation: string, shown: string, picture: string): Promise<string[]> {
    const { page, trouble } = await visit(browser, `${program.address}/graphql`, DESK);
    await write(page, '.graphiql-query-editor', operation);
    await write(page, '.graphiql-editor-tool', JSON.stringify({ authorization: `Bearer ${program.key}` }));
    await page.getByRole('button', { name: /^Execute/ }).click();
    await page.locator('.result-window', { hasText: shown }).waitFor();
    await keep(page, picture);
    await page.context().close();
    return trouble;
  }

  it('runs a query with a key that is typed into its headers', async () => {
    expect(await runs('{ contacts { nodes { name company } } }', 'Analytical Engines', 'graphiql-query')).toEqual([]);
  });

  it('follows a subscription', async () => {
    const { rows } = await program.pool.query<{ id: string }>('select id from events order by sequence limit 1');
    const operation = `subscription { events(after: "${rows[0]?.id ?? ''}") { type } }`;
    expect(await runs(operation, 'reminder.created', 'graphiql-subscription')).toEqual([]);
  });
});

/** The editor closes every bracket and quote by itself: what it adds after the text goes again. */
async function write(page: Page, editor: string, text: string): Promise<void> {
  await page.locator(`${editor} .view-lines:visible`).first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('Delete');
}

describe('the REST reference', () => {
  it('takes a key and tries an operation', async () => {
    const { page, trouble } = await visit(browser, `${program.address}/docs`, DESK);
    await page.locator('.auth-wrapper > .authorize').click();
    await page.locator('.modal-ux input').fill(program.key);
    await page.locator('.modal-ux button[type=submit]').click();
    await page.locator('.modal-ux .btn-done').click();
    const operation = page.locator('#operations-Account-getAccount');
    await operation.locator('.opblock-summary').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
    await keep(page, 'docs-answer');
    const answer = await operation.locator('.live-responses-table').innerText();
    await page.context().close();
    expect(answer).toContain('My career');
    expect(trouble).toEqual([]);
  });
});
