import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Nothing that a browser does by itself: no updates, no reports, no trial connections. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The machine's own Chromium, with a profile that is made for it and thrown away. */
export function openBrowser(): Promise<Browser> {
  const executablePath = [process.env.CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
  if (!executablePath) throw new Error('Chromium is not here: apt-get install chromium, or say where with CHROMIUM.');
  return chromium.launch({ executablePath, chromiumSandbox: false, args: QUIET });
}

/** How a page is looked at. */
export interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

/** A page of the program, with everything in it that must not happen. */
export interface Visit {
  readonly page: Page;
  /** Requests to other origins, errors on the console, exceptions, and whatever a policy blocked. */
  readonly trouble: string[];
}

/** Opens a page in a context of its own, where nothing but the program's own origin can be reached. */
export async function visit(browser: Browser, address: string, look: Look): Promise<Visit> {
  const { origin } = new URL(address);
  const { colorScheme, width } = look;
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const trouble: string[] = [];
  await context.route('**/*', (route) => {
    if (new URL(route.request().url()).origin === origin) return route.continue();
    trouble.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('websocket', (socket) => trouble.push(`opened ${socket.url()}`));
  page.on('pageerror', (error) => trouble.push(`threw ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`said ${message.text()}`);
  });
  await page.addInitScript(`addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    console.error('blocked ' + blockedURI + ' by ' + violatedDirective));`);
  await page.goto(address, { waitUntil: 'load' });
  return { page, trouble };
}
