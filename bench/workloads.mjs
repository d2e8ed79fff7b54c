import assert from 'node:assert/strict';
import pg from 'pg';
import { unmake } from './ground/seed.mjs';

const NESTED_QUERY = `{ contacts(first: 50) {
  nodes {
    id name company tags
    interactions(first: 3) { nodes { id occurredAt channel summary } }
    reminders(first: 10) { nodes { id title dueAt } }
  }
  pageInfo { endCursor hasNextPage }
} }`;

const get = (path) => ({ method: 'GET', path, expect: 200 });
const post = (path, body, expect) => ({ method: 'POST', path, body: JSON.stringify(body), expect });

/**
 * The rows of the table that HTTP answers. `requests(ask, ground)` makes the list a server is loaded with, in order, by
 * asking that very server where cursors are needed; `shown` leaves of an answer what must be equal everywhere.
 */
export const WORKLOADS = [
  {
    row: 1,
    name: 'GET one',
    judged: { limit: { floor: 0.6, goal: 1 }, 'Nest + Express + TypeORM': { floor: 2.5, goal: 4 } },
    requests: async (_ask, { ids }) => ids.map((id) => get(`/v1/contacts/${id}`)),
    shown: (answer) => answer,
    compared: 50,
  },
  {
    row: 2,
    name: 'list 50, keyset',
    judged: { limit: { floor: 0.65, goal: 0.85 }, 'Nest + Express + TypeORM': {} },
    requests: everyPage,
    shown: ({ data, page: { hasNextPage } }) => ({ data, hasNextPage }),
    compared: 20,
  },
  {
    row: 4,
    name: 'create',
    judged: { limit: { floor: 0.55, goal: 0.75 }, 'Nest + Express + TypeORM': {} },
    requests: async () => Array.from({ length: 1_000 }, (_, n) => post('/v1/contacts', newContact(n), 201)),
    shown: ({ id, createdAt, updatedAt, ...answer }) => {
      assert.ok(id && createdAt && updatedAt);
      return answer;
    },
    compared: 5,
    after: unmake,
  },
  {
    row: 5,
    name: 'GraphQL nested',
    judged: { limit: { floor: 0.45, goal: 0.85 }, 'Apollo + DataLoader + TypeORM': { floor: 7, goal: 14 } },
    requests: async () => [post('/graphql', { query: NESTED_QUERY }, 200)],
    shown: ({ data, errors }) => {
      assert.equal(errors, undefined);
      delete data.contacts.pageInfo.endCursor;
      return data;
    },
    compared: 1,
  },
];

/** The list of requests for a server, each with the headers it wants. */
export async function requestsFor(workload, server, ground) {
  const ask = async (request) => {
    const { origin, headers } = server;
    const { path, method, body, expect } = request;
    const answer = await fetch(`${origin}${path}`, { method, body, headers });
    const text = await answer.text();
    assert.equal(answer.status, expect, `${server.name}: ${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  };
  const requests = await workload.requests(ask, ground);
  const samples = [];
  for (const request of requests.slice(0, workload.compared))
    samples.push(workload.shown(await ask(dressed(request, server))));
  return { requests: requests.map((request) => dressed(request, server)), samples };
}

export async function groundOf(url, account) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query('select id from contacts where account_id = $1 order by md5(id::text)', [
    account,
  ]);
  await client.end();
  return { ids: rows.map(({ id }) => id) };
}

/** A list's pages from the first to the last, by the cursors this server gives. */
async function everyPage(ask) {
  const pages = [];
  for (let after = null, more = true; more;) {
    const request = get(`/v1/contacts?first=50${after ? `&after=${encodeURIComponent(after)}` : ''}`);
    const { page } = await ask(request);
    pages.push(request);
    [after, more] = [page.endCursor, page.hasNextPage];
  }
  return pages;
}

function newContact(n) {
  return { name: `Made ${n}`, company: `Company ${n % 500}`, tags: [`tag${n % 20}`, `tag${20 + (n % 30)}`] };
}

function dressed(request, { headers }) {
  return { ...request, headers };
}
