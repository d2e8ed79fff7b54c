/** One process of the runner: it receives a test file, runs its compiled form and reports in Jest's format. */
import { jestExpect as expect } from '@jest/expect';
import { createEmptyTestResult } from '@jest/test-result';
import * as circus from 'jest-circus';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { COMPILED } from './compiled.mjs';

const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = circus;
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test });

/** Only while mutants are tried: which lines of the features ran. */
const { covered } = process.env.TEST_COVERAGE ? await import('../mutants/coverage.mjs') : {};

process.on('message', (orders) => {
  void runFile(orders).then(
    async (result) => process.send({ result, isFull: isFull(), covered: await covered?.() }),
    ({ message, stack }) => process.send({ error: { message, stack }, isFull: isFull() }),
  );
});
/** Beyond this a new process takes the next file: what files leave behind adds up, and 3 s of loading modules free it. */
const MOST_MEMORY = 480 * 2 ** 20;

function isFull() {
  return process.memoryUsage.rss() > MOST_MEMORY;
}

process.on('disconnect', () => void leave());
// If a promise that is not awaited rejects, the running test fails.
process.on('uncaughtException', blame);
process.on('unhandledRejection', blame);

circus.addEventHandler(({ name, test }) => {
  if (name === 'test_start') expect.setState({ suppressedErrors: [] });
  if (name !== 'test_done') return;
  const unkept = expect.extractExpectedAssertionsErrors().map(({ error }) => error);
  test.errors.push(...unkept, ...(expect.getState().suppressedErrors ?? []));
});

/** The program that went from file to file ends with its database. */
async function leave() {
  const { Standing } = await import(pathToFileURL(join(COMPILED, 'test/harness/standing.js')));
  await Standing.end().finally(() => process.exit());
}

function blame(error) {
  const { currentlyRunningTest, unhandledErrors } = circus.getState();
  (currentlyRunningTest?.errors ?? unhandledErrors).push(error);
}

/** @throws the error that prevents the file from loading */
async function runFile({ path, rootDir, testNamePattern, testTimeout }) {
  const start = Date.now();
  circus.resetState();
  const state = circus.getState();
  state.testTimeout = testTimeout;
  state.testNamePattern = testNamePattern ? new RegExp(testNamePattern, 'i') : null;
  expect.setState({ testPath: path, currentTestName: undefined });
  await import(pathToFileURL(join(COMPILED, relative(rootDir, path).replace(/\.ts$/, '.js'))));
  return answer(path, start, await circus.run());
}

/** In the format that Jest's reporters read. */
function answer(path, start, { testResults, unhandledErrors }) {
  const results = testResults.map(resultOf);
  const counted = (status) => results.filter((result) => result.status === status).length;
  const complaints = results.flatMap(({ fullName, failureMessages }) =>
    failureMessages.map((message) => `  ● ${fullName}\n\n${message.replace(/^/gm, '    ')}\n`),
  );
  const end = Date.now();
  return {
    ...createEmptyTestResult(),
    failureMessage: [...complaints, ...unhandledErrors].join('\n') || null,
    numFailingTests: counted('failed'),
    numPassingTests: counted('passed'),
    numPendingTests: counted('pending'),
    numTodoTests: counted('todo'),
    perfStats: {
      start,
      end,
      runtime: end - start,
      slow: false,
      loadTestEnvironmentStart: start,
      loadTestEnvironmentEnd: start,
      setupFilesStart: start,
      setupFilesEnd: start,
    },
    testExecError: unhandledErrors.length > 0 ? { message: '', stack: unhandledErrors.join('\n') } : undefined,
    testFilePath: path,
    testResults: results,
  };
}

function resultOf({ testPath, status, errors, duration, numPassingAsserts }) {
  // The first is the name of the whole file's block.
  const titles = testPath.slice(1);
  const known = { skip: 'pending', todo: 'todo' };
  return {
    ancestorTitles: titles.slice(0, -1),
    title: titles.at(-1),
    fullName: titles.join(' › '),
    status: known[status] ?? (errors.length > 0 ? 'failed' : 'passed'),
    duration,
    failureMessages: errors.map(withoutRunner),
    failureDetails: [],
    numPassingAsserts,
  };
}

function withoutRunner(error) {
  return error.replace(/\n +at .*\/node_modules\/jest-circus\/.*/g, '');
}
