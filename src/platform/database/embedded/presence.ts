import { Client } from 'pg';
import { NAME } from './cluster.js';

declare module 'pg' {
  /** In pg since 8.0, not in its types: whether the session alone keeps the Node process alive. */
  interface Client {
    ref(): void;
    unref(): void;
  }
}

/** One advisory lock in the maintenance database, where it cannot conflict with the program's locks. */
const LOCK = 0x6b697468;

/**
 * One program's claim on the server: a session that holds a shared advisory lock. PostgreSQL itself releases it when
 * the program is killed, so no claim and no file can become stale.
 */
export class Presence {
  private leaving = false;

  private constructor(
    private readonly client: Client,
    onLoss: () => void,
  ) {
    client.on('end', () => {
      if (!this.leaving) onLoss();
    });
  }

  /**
   * Connects and takes the lock, waiting while another program, the last one, is just stopping the server.
   * @param url of the maintenance database
   * @param onLoss called once when the session ends without `leave`
   * @throws the error of pg, with its SQLSTATE or errno in `code`
   */
  static async announce(url: string, timeoutMs: number, onLoss: () => void): Promise<Presence> {
    const client = new Client({
      connectionString: url,
      application_name: `${NAME} presence`,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
    });
    // Every error ends the session and emits 'end'; without a listener Node would end the program.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [LOCK]);
      await ensureDatabase(client);
    } catch (error) {
      client.unref();
      // Not awaited, because a server that hangs never closes the connection.
      void client.end().catch(() => undefined);
      throw error;
    }
    const presence = new Presence(client, onLoss);
    client.unref();
    return presence;
  }

  /**
   * Gives the claim back, and runs `stop` when nobody else has one. First release the shared lock, then try the exclusive one: if two
   * programs leave together, the later attempt succeeds. While `stop` runs, new programs wait for the lock.
   */
  async leave(stop: () => Promise<void>): Promise<void> {
    this.leaving = true;
    this.client.ref();
    try {
      await this.client.query('select pg_advisory_unlock_shared($1)', [LOCK]);
      const { rows } = await this.client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [LOCK]);
      if (rows[0]?.alone === true) await stop();
      else await this.client.end();
    } finally {
      this.client.unref();
    }
  }
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME]);
  if (rowCount !== 0) return;
  try {
    await client.query(`create database ${NAME} template template0`);
  } catch (error) {
    // Two programs at their first start: 42P04 and 23505 both mean that the other has created it.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  }
}
