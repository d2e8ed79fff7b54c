/** `npm test` alone leaves out what starts and kills real programs (`npm run test:processes`); CI runs it in the same step. */
const isAll = process.env.CI || process.argv.slice(2).some((word) => !word.startsWith('-'));

/** @type {import('jest').Config} */
export default {
  rootDir: '.',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(isAll ? [] : ['<rootDir>/test/processes/'])],
  moduleFileExtensions: ['ts', 'js'],
  transform: {},
  globalSetup: './scripts/test/setup.mjs',
  globalTeardown: './scripts/test/teardown.mjs',
  reporters: ['default', './scripts/test/slowest.mjs'],
  runner: './scripts/test/runner.mjs',
  maxWorkers: 2,
  testTimeout: 120_000,
};
