import { House } from './house.js';

interface Finding {
  ruleId: string | null;
  message: string;
}

const method = (body: string) => `export class C {\n  get(): unknown {\n    ${body}\n  }\n}`;

/** The law that is broken, the rule that must see it, the file and its source. */
const BROKEN: [law: string, rule: string, path: string, source: string][] = [
  [
    'a promise floats',
    '@typescript-eslint/no-floating-promises',
    'src/app/float.ts',
    'Promise.resolve(1);\nexport {};',
  ],
  [
    'a promise is a condition',
    '@typescript-eslint/no-misused-promises',
    'src/app/misuse.ts',
    'export const a = (p: Promise<boolean>) => { if (p) return 1; return 2; };',
  ],
  [
    'a plain value is awaited',
    '@typescript-eslint/await-thenable',
    'src/app/await.ts',
    'export const a = async () => { await 1; };',
  ],
  [
    'a type is imported as a value',
    '@typescript-eslint/consistent-type-imports',
    'src/app/type.ts',
    `import { Thing } from './thing.js';\nexport const a = (t: Thing) => t;`,
  ],
  [
    'a type is any',
    '@typescript-eslint/no-explicit-any',
    'src/app/any.ts',
    'export const a = (b: unknown) => b as any;',
  ],
  [
    'the compiler is told to look away',
    '@typescript-eslint/ban-ts-comment',
    'src/app/away.ts',
    '// @ts-ignore\nexport const a: string = 1;',
  ],
  ['a file has a default export', 'no-restricted-exports', 'src/app/default.ts', 'export default class {}'],
  [
    'a service asks the clock',
    'kith/clock',
    'src/features/contacts/now.service.ts',
    'export const now = () => new Date();',
  ],
  ['kit asks for the milliseconds', 'kith/clock', 'src/kit/millis.ts', 'export const now = () => Date.now();'],
  [
    'kit asks Temporal for the time',
    'kith/clock',
    'src/kit/temporal.ts',
    `import { Temporal } from 'temporal-polyfill';\nexport const now = () => Temporal.Now.instant();`,
  ],
  ['kit rolls dice', 'kith/clock', 'src/kit/dice.ts', 'export const dice = () => Math.random();'],
  ['a job reads the environment', 'kith/environment', 'src/platform/jobs/env.ts', 'export const a = process.env.PORT;'],
  [
    'a feature throws an HTTP exception',
    'kith/problems',
    'src/features/contacts/http.ts',
    `import { HttpException } from '@nestjs/common';\nexport const a = () => { throw new HttpException('no', 404); };`,
  ],
  [
    'a feature throws a relative of it',
    'kith/problems',
    'src/features/contacts/absent.ts',
    `import { NotFoundException } from '@nestjs/common';\nexport const a = () => { throw new NotFoundException(); };`,
  ],
  [
    'platform throws a GraphQL error',
    'kith/problems',
    'src/platform/graphql/error.ts',
    `import { GraphQLError } from 'graphql';\nexport const a = () => { throw new GraphQLError('no'); };`,
  ],
  [
    'a cycle is hidden',
    'kith/one-way',
    'src/features/contacts/contacts.module.ts',
    `import { forwardRef } from '@nestjs/common';\nexport const a = forwardRef(() => Object);`,
  ],
  [
    'a controller method has two statements',
    'kith/one-return',
    'src/features/contacts/two.controller.ts',
    method('const a = 1;\n    return a;'),
  ],
  ['a resolver method answers nothing', 'kith/one-return', 'src/features/contacts/none.resolver.ts', method('void 0;')],
  [
    'a controller hides statements in a callback',
    'kith/one-return',
    'src/features/contacts/callback.controller.ts',
    method('return [1].map((a) => { const b = a; return b; });'),
  ],
  [
    'a service holds a repository',
    'kith/database',
    'src/features/contacts/repository.service.ts',
    'export class Repository {}\nexport const a = (r: Repository) => r;',
  ],
  [
    'a service holds an entity manager',
    'kith/database',
    'src/features/contacts/manager.service.ts',
    'export class EntityManager {}',
  ],
  [
    'a log quotes an error',
    'kith/log',
    'src/platform/jobs/quoting.ts',
    `interface Log { warn(said: string): void }\nexport class C {\n  constructor(readonly log: Log) {}\n  a(error: Error): void {\n    this.log.warn(\`no: \${error.message}\`);\n  }\n}`,
  ],
  ['a file is too long', 'kith/file-length', 'src/app/long.ts', 'export {};' + '\n'.repeat(260)],
  [
    'a function is too long',
    'kith/function-length',
    'src/app/function.ts',
    `export function a(b: number) {\n${'  b++;\n'.repeat(40)}  return b;\n}`,
  ],
  ['a test is skipped', 'kith/no-skips', 'test/skip.test.ts', `it.skip('a', () => {});`],
  ['a test is alone', 'kith/no-skips', 'test/only.test.ts', `describe.only('a', () => {});`],
  ['a test mocks a module', 'kith/no-mocks', 'test/mock.test.ts', `jest.mock('pg');`],
];

const LAWFUL: Record<string, string> = {
  'src/app/mixin.ts': `export function mixin() {\n  class Mixed {\n${'    a() {}\n'.repeat(50)}  }\n  return Mixed;\n}`,
  'src/app/thing.ts': 'export interface Thing {\n  name: string;\n}',
  'src/platform/clock/clock.ts': 'export const now = () => new Date();',
  'src/platform/config/config.ts': 'export const port = process.env.PORT;',
  'src/platform/errors/problem.ts': `import { HttpException } from '@nestjs/common';\nexport const a = () => { throw new HttpException('no', 404); };`,
  'src/kit/ids.ts': 'export const millis = () => Date.now();',
  'src/kit/instants.ts': 'export const at = (millis: number) => new Date(millis);',
  'src/platform/graphql/rule.ts': `import { GraphQLError } from 'graphql';\nexport const a = (report: (e: Error) => void) => report(new GraphQLError('too deep'));`,
  'src/features/contacts/contacts.service.ts': `import { Injectable } from '@nestjs/common';\n@Injectable()\nexport class ContactsService {\n  get = () => 1;\n}`,
  'src/features/contacts/contacts.controller.ts': `import { Controller, Get } from '@nestjs/common';
import { ContactsService } from './contacts.service.js';
@Controller('contacts')
export class ContactsController {
  constructor(private readonly contacts: ContactsService) {}
  @Get() get() {
    return this.contacts.get();
  }
}`,
  'test/now.test.ts': `describe('a', () => {\n${'\n  it("a", () => expect(new Date()).toBeTruthy());'.repeat(60)}\n});`,
};

describe('the lint laws', () => {
  let house: House;
  let findings: Map<string, Finding[]>;

  beforeAll(async () => {
    house = await House.lay({ ...Object.fromEntries(BROKEN.map(([, , path, source]) => [path, source])), ...LAWFUL });
    const report = await house.run('node_modules/eslint/bin/eslint.js', '--format', 'json', 'src', 'test');
    const files = JSON.parse(report) as { filePath: string; messages: Finding[] }[];
    findings = new Map(files.map(({ filePath, messages }) => [filePath.slice(house.folder.length + 1), messages]));
  });

  afterAll(() => house.raze());

  it.each(BROKEN)('are broken when %s: %s', (_law, rule, path) => {
    expect(findings.get(path)?.map(({ ruleId }) => ruleId)).toContain(rule);
  });

  it.each(Object.keys(LAWFUL))('leave %s alone', (path) => {
    expect(findings.get(path)).toEqual([]);
  });
});
