import pg from 'pg';
import { placesOf, saidOf } from '../../../src/platform/config/said-of-error.js';
import { Problem } from '../../../src/platform/errors/problem.js';

const CANARY = 'xq7canary';

function ofDatabase(code: string, message: string): Error {
  const more = { severity: 'ERROR', code, detail: `Failing row contains (${CANARY}).`, table: 'contacts' };
  return Object.assign(new pg.DatabaseError(message, 0, 'error'), more, { constraint: 'contacts_name', where: CANARY });
}

function thrown(by: () => unknown): unknown {
  try {
    return by();
  } catch (error) {
    return error;
  }
}

it.each<[string, unknown, string]>([
  [
    'a row that a constraint refuses',
    ofDatabase('23505', `Key (name)=(${CANARY}) exists`),
    'the database refuses it (state 23505, table contacts, constraint contacts_name)',
  ],
  [
    'a value that is none',
    ofDatabase('22P02', `invalid input syntax for type date: "${CANARY}"`),
    'the database refuses it (state 22P02, table contacts, constraint contacts_name)',
  ],
  [
    'a statement that is wrong',
    ofDatabase('42P01', 'relation "nothing" does not exist'),
    'relation "nothing" does not exist (state 42P01)',
  ],
  ['a text that is no JSON', thrown(() => JSON.parse(`{"name": ${CANARY}}`)), 'SyntaxError'],
  ['what a check of Node quotes', thrown(() => Buffer.alloc(CANARY as never)), 'TypeError ERR_INVALID_ARG_TYPE'],
  ['a refusal', new Problem('invalid_input', `No ${CANARY}.`), 'Problem invalid_input'],
  [
    'a cause',
    Object.assign(new Error('It failed.'), { cause: ofDatabase('P0001', CANARY) }),
    'Error: It failed., because of the database refuses it (state P0001, table contacts, constraint contacts_name)',
  ],
  [
    'a lost connection',
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
    'Error ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:5432',
  ],
  ['what is no error', CANARY, 'a thrown string'],
])('%s is said without what it is about', (_, error, said) => {
  expect(saidOf(error)).toBe(said);
});

it('the places of an error come without its message, whatever that looks like', () => {
  const places = placesOf(new Error(`no\n    at ${CANARY} (file.js:1:1)`));
  expect(places).toMatch(/^ {4}at .*said-of-error/);
  expect(places).not.toContain(CANARY);
});
