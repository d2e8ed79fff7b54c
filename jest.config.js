/** @type {import('jest').Config} */
export default {
  rootDir: '.',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  moduleFileExtensions: ['ts', 'js'],
  transform: {},
  globalSetup: './scripts/test/setup.mjs',
  globalTeardown: './scripts/test/teardown.mjs',
  reporters: ['default', './scripts/test/slowest.mjs'],
  runner: './scripts/test/runner.mjs',
  maxWorkers: 2,
  testTimeout: 120_000,
};
