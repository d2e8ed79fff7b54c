import pg from 'pg';
import { schemaText } from '../../src/platform/database/schema-text.js';

/** The migrations that a database says it has, oldest first. */
export function migrationsOf(url: string): Promise<string[]> {
  return asked(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(`select to_regclass('migrations') is not null as there`);
    if (!rows[0]?.there) return [];
    const { rows: done } = await client.query<{ name: string }>('select name from migrations order by id');
    return done.map(({ name }) => name);
  });
}

/** The whole schema of a database, line by line; empty when no migration ran yet. */
export async function schemaOf(url: string): Promise<string[]> {
  const migrations = await migrationsOf(url);
  if (migrations.length === 0) return [];
  return asked(url, async (client) => {
    const source = { query: async <R>(text: string) => (await client.query(text)).rows as R };
    return [...migrations, ...(await schemaText(source)).split('\n')];
  });
}

async function asked<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
