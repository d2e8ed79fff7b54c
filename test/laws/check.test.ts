import { execFileSync } from 'node:child_process';
import { House } from './house.js';

const lock = {
  packages: {
    '': { version: '1.0.0', engines: { node: '>=20' } },
    'node_modules/undici': { version: '7.29.0', engines: { node: '>=20.18.1' } },
    'node_modules/a/node_modules/undici': { version: '7.30.0', engines: { node: '>=20.18.1' } },
    'node_modules/modern': { version: '2.0.0', engines: { node: '>=22.19' } },
    'node_modules/pg-native': { version: '3.0.0' },
  },
};

const FILES = {
  'package-lock.json': JSON.stringify(lock),
  'src/contacts/index.ts': '',
  'src/contacts/string-utils.ts': '',
  'src/contacts/contact-v2.ts': '',
  'src/contacts/community.ts': '',
  'src/kit/v1.ts': '',
  'docs/common-questions.md': '',
  // Put together here, so that this file does not name a registry itself.
  '.npmrc': ['registry', 'https://packages.example.org/'].join('='),
  Dockerfile: `RUN curl ${['https:/', 'npm.example.org', 'left-pad.tgz'].join('/')}`,
};

describe('npm run check', () => {
  let house: House;
  let report: string;

  beforeAll(async () => {
    house = await House.lay(FILES);
    execFileSync('git', ['init', '--quiet'], { cwd: house.folder });
    report = await house.run('scripts/check.mjs', 'versions', 'names', 'unwelcome', 'engines', 'hosts');
  });

  afterAll(() => house.raze());

  it.each([
    ['a barrel', 'src/contacts/index.ts: a barrel.'],
    ['an empty name', 'src/contacts/string-utils.ts: says nothing.'],
    ['a second version', 'src/contacts/contact-v2.ts: a second version.'],
    ['a version below its floor', 'node_modules/undici is 7.29.0: at least 7.30.0'],
    ['a package that leaves out Node 20', 'node_modules/modern 2.0.0 wants Node >=22.19: 20.20.0 is left out.'],
    ['a native driver', 'node_modules/pg-native must go.'],
    ['a configured registry', '.npmrc:1 names a registry.'],
    ['a registry in a command', 'Dockerfile:1 names a registry.'],
  ])('finds %s', (_law, finding) => {
    expect(report).toContain(finding);
  });

  it.each(['community.ts', 'src/kit/v1.ts', 'common-questions', 'node_modules/a/'])('leaves %s alone', (path) => {
    expect(report).not.toContain(path);
  });

  it('goes on to the end and counts', () => {
    expect(report).toContain('0 of 5 sentences hold.');
  });

  it('says so when every sentence holds', async () => {
    const clean = await House.lay({ 'package-lock.json': JSON.stringify({ packages: { '': lock.packages[''] } }) });
    const contented = await clean.run('scripts/check.mjs', 'versions', 'unwelcome', 'engines');
    await clean.raze();
    expect(contented).toContain('3 of 3 sentences hold.');
  });
});
