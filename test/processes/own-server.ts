import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commandOf } from './command.js';
import type { Command } from './command.js';
import type { TestDatabase } from '../harness/databases.js';
import { openEmbedded } from '../../src/platform/database/embedded/embedded-server.js';
import type { EmbeddedServer } from '../../src/platform/database/embedded/embedded-server.js';

/** A PostgreSQL server of one test alone, which may be killed: it starts again by itself, at the same address. */
export class OwnServer implements TestDatabase {
  private constructor(
    private readonly server: EmbeddedServer,
    private readonly folder: string,
  ) {}

  static async open(): Promise<OwnServer> {
    const folder = await mkdtemp(join(tmpdir(), 'kith-server-'));
    // The user that runs PostgreSQL for root must come through.
    await chmod(folder, 0o755);
    return new OwnServer(await openEmbedded({ folder, log: () => undefined }), folder);
  }

  get url(): string {
    return this.server.url;
  }

  /** What `pg_ctl restart -m immediate` does: every session ends at once, and the log is replayed. */
  async crash(): Promise<void> {
    process.kill(await this.pid(), 'SIGQUIT');
  }

  /** Stops it, and answers how it was started. */
  async standDown(): Promise<Command> {
    const command = await commandOf(await this.pid());
    await this.server.close();
    return command;
  }

  async drop(): Promise<void> {
    await this.server.close();
    await this.remove();
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
    if (!this.server.folder.startsWith(this.folder)) await rm(dirname(this.server.folder), { recursive: true });
  }

  private async pid(): Promise<number> {
    return Number.parseInt(await readFile(join(this.server.folder, 'data/postmaster.pid'), 'utf8'), 10);
  }
}
