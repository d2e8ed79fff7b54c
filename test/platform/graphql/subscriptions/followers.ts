import { createClient as createSseClient } from 'graphql-sse';
import type { Client as SseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { OUTBOX } from '../../../../src/platform/database/topics.js';
import { Wakeups } from '../../../../src/platform/database/wakeups.js';
import type { TestProgram } from '../../../harness/program.js';

export const transports = ['graphql-ws', 'graphql-sse'] as const;
export type Transport = (typeof transports)[number];

/** An event as a subscriber receives it. */
export interface Received {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly data: Record<string, unknown>;
  readonly previous: Record<string, unknown> | null;
}

interface Told {
  readonly code: string;
  readonly message: string;
}

const EVENTS = `subscription ($types: [String!], $subject: ID, $after: ID) {
  events(types: $types, subject: $subject, after: $after) { id type occurredAt subjectType subjectId data previous } }`;

/** One subscription of a real client over a real socket, and all it was told. */
export class Follower {
  readonly received: Received[] = [];
  /** Beacons are no part of what was received: they only show that it is listening. */
  readonly beacons = new Set<string>();
  refused: Told | null = null;
  over = false;
  private readonly client: Client | SseClient;
  private readonly waiting = new Set<() => void>();

  constructor(
    program: TestProgram,
    transport: Transport,
    variables: object = {},
    { key = program.key, query = EVENTS }: { key?: string; query?: string } = {},
  ) {
    this.client = transport === 'graphql-ws' ? socketClient(program, key) : streamClient(program, key);
    const sink = {
      next: (result: unknown) => this.heard(result),
      error: (error: unknown) => {
        this.refused ??= toldOf(error);
        this.ended();
      },
      complete: () => this.ended(),
    };
    (this.client as Client).subscribe({ query, variables: { ...variables } }, sink);
  }

  /** Waits until it has received so many events. */
  async until(count: number): Promise<readonly Received[]> {
    await this.when(() => this.received.length >= count || this.over);
    return this.received;
  }

  /** Waits until the stream has ended, one way or another. */
  async end(): Promise<this> {
    await this.when(() => this.over);
    return this;
  }

  types(): string[] {
    return this.received.map(({ type }) => type);
  }

  async leave(): Promise<void> {
    await this.client.dispose();
  }

  private heard(result: unknown): void {
    const { data, errors } = result as { data?: { events: Received } | null; errors?: unknown[] };
    if (errors) this.refused = toldOf(errors);
    if (data?.events.subjectType === 'beacon') this.beacons.add(data.events.id);
    else if (data?.events) this.received.push(data.events);
    this.news();
  }

  private ended(): void {
    this.over = true;
    this.news();
  }

  private async when(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((wake) => this.waiting.add(wake));
  }

  private news(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

/** Waits until all of them are told what happens from now on: beacons are recorded until each has seen one of these, or is over. */
export async function following(program: TestProgram, ...followers: Follower[]): Promise<void> {
  const recorded: string[] = [];
  const isBehind = ({ beacons, over }: Follower): boolean => !over && !recorded.some((id) => beacons.has(id));
  while (followers.some(isBehind)) {
    const { rows } = await program.pool.query<{ id: string }>(BEACON);
    recorded.push(...rows.map(({ id }) => id));
    program.app.get(Wakeups).signal(OUTBOX);
    await new Promise((turn) => setTimeout(turn, 20));
  }
}

const BEACON = `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
  select account_id, new_id(), 'webhook.ping', 'beacon', new_id(), now(), '{}' from accounts returning id`;

function socketClient(program: TestProgram, key: string): Client {
  return createClient({
    url: `${program.address.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    lazy: true,
  });
}

function streamClient(program: TestProgram, key: string): SseClient {
  return createSseClient({
    url: `${program.address}/graphql/stream`,
    headers: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
  });
}

function toldOf(error: unknown): Told {
  const [first] = Array.isArray(error) ? (error as unknown[]) : [error];
  const { message, reason, extensions, code, response } = first as Record<string, never>;
  const status = (response as { status?: number } | undefined)?.status;
  return {
    code: (extensions as { code?: string } | undefined)?.code ?? String(status ?? code ?? ''),
    message: String(message ?? reason ?? first),
  };
}
