/** The limit of rows 1 to 5: node:http and a pg pool, nothing between them. No keys, no validation. */
import { createServer } from 'node:http';
import pg from 'pg';
import { v7 } from 'uuid';
import { CREATE, NESTED, ONE, PAGE } from './contact.sql.mjs';

const LARGEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const account = (await pool.query('select id from accounts')).rows[0].id;

createServer((request, response) => {
  answer(request)
    .then(([status, json]) => {
      const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json) };
      response.writeHead(status, headers).end(json);
    })
    .catch((error) => response.writeHead(500).end(error.message));
}).listen(Number(process.env.PORT), '127.0.0.1');

async function answer(request) {
  const { method, url } = request;
  if (method === 'GET' && url.startsWith('/v1/contacts/'))
    return [200, await ask('one', ONE, [account, url.slice(13)])];
  if (method === 'GET') {
    const after = /[?&]after=([^&]+)/.exec(url)?.[1] ?? LARGEST_ID;
    return [200, await ask('page', PAGE, [account, after])];
  }
  const body = JSON.parse(await textOf(request));
  if (url === '/graphql') return [200, await ask('nested', NESTED, [account])];
  return [201, await ask('create', CREATE, [account, v7(), body.name, body.company, body.tags, v7()])];
}

async function ask(name, text, values) {
  const { rows } = await pool.query({ name, text, values });
  return rows[0].json;
}

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
