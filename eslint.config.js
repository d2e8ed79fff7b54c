/**
 * Lint: promises are awaited, types are imported as types, and the laws of the house hold.
 * Formatting is Prettier's business, unused code is Knip's, imports between floors are dependency-cruiser's.
 */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { laws } from './scripts/check/laws.mjs';

export default defineConfig(
  { ignores: ['dist/', 'dist-test/', 'data/', 'coverage/', 'bench/out/'] },
  {
    name: 'everywhere',
    files: ['**/*.{ts,js,mjs,cjs}'],
    plugins: { kith: laws },
    linterOptions: { noInlineConfig: true },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  {
    name: 'typescript',
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      // Files with decorators are left alone by the rule: a class in a decorated signature must stay a value import.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      'kith/one-way': 'error',
    },
  },
  {
    name: 'the program',
    files: ['src/**/*.ts'],
    rules: {
      'kith/clock': 'error',
      'kith/environment': 'error',
      'kith/problems': 'error',
      'kith/log': 'error',
      'kith/file-length': 'error',
      'kith/function-length': 'error',
    },
  },
  { files: ['src/platform/clock/**', 'src/kit/ids.ts'], rules: { 'kith/clock': 'off' } },
  { files: ['src/platform/config/**'], rules: { 'kith/environment': 'off' } },
  { files: ['src/platform/errors/**'], rules: { 'kith/problems': 'off' } },
  { name: 'features', files: ['src/features/**/*.ts'], rules: { 'kith/database': 'error' } },
  { name: 'faces', files: ['src/**/*.{controller,resolver}.ts'], rules: { 'kith/one-return': 'error' } },
  { name: 'tests', files: ['test/**/*.ts'], rules: { 'kith/no-skips': 'error', 'kith/no-mocks': 'error' } },
  {
    name: 'configuration',
    files: ['*.config.{js,mjs}', '*.cjs', 'scripts/test/{runner,setup,teardown,slowest}.mjs'],
    rules: { 'no-restricted-exports': 'off' },
  },
);
