import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config/config.js';
import { Log } from '../config/log.js';
import { SESSIONS } from './worker-sessions.js';
import { CHANNEL, Wakeups } from './wakeups.js';

const RECONNECT_MS = 1_000;

/** The address of the database; the listener needs its own connection. */
export class DatabaseAddress {
  constructor(readonly url: string) {}
}

/** Receives the signals of other processes. While it reconnects, polling finds the work. */
@Injectable()
export class Listener implements OnApplicationBootstrap, OnApplicationShutdown {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(
    private readonly address: DatabaseAddress,
    private readonly wakeups: Wakeups,
    private readonly log: Log,
    private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.wakeups.close();
    await this.client?.end().catch(() => undefined);
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.address.url,
      application_name: this.config.roles.has('worker') ? SESSIONS.worker : SESSIONS.other,
      keepAlive: true,
    });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.wakeups.heard(payload ?? ''));
    this.client = client;
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      this.log.warn('the listener is not connected', 'Listener', error);
      this.lost(client);
    }
  }

  private lost(client: pg.Client): void {
    if (this.closed || this.client !== client) return;
    this.client = null;
    client.end().catch(() => undefined);
    this.timer = setTimeout(() => void this.listen(), RECONNECT_MS);
  }
}
