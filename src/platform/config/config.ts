import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { randomBytes, hkdfSync } from 'node:crypto';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parseAllowList } from '../../kit/network-address.js';
import type { KeyRing } from '../../kit/sealed-box.js';
import { DEFAULT_RETRY_SCHEDULE } from '../../kit/retry-schedule.js';
import { parseKeyRing } from '../../kit/sealed-box.js';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const role = z.enum(['api', 'worker']);
const words = z.string().transform((text) => text.split(',').map((word) => word.trim()));

const settings = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATABASE_DIRECT_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  DATABASE_CONNECTIONS_PER_ACCOUNT: z.coerce.number().int().min(1).max(200).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/, 'must be an http or https address without a query')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  ROLES: words.pipe(z.array(role).min(1)).default(['api', 'worker']),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  KITH_ENCRYPTION_KEYS: z.string().min(1).optional(),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).max(100_000_000).default(6_000),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  GRAPHQL_INTROSPECTION: z.enum(['true', 'keys', 'false']).default('true'),
  HEADERS_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(30_000),
  STALL_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
  EVENT_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(90),
  WEBHOOK_ALLOW_HTTP: flag.default(false),
  WEBHOOK_ALLOWED_HOSTS: z.string().default('').transform(parseAllowList),
  WEBHOOK_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(30),
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  WEBHOOK_ENDPOINTS_PER_ACCOUNT: z.coerce.number().int().min(1).max(100_000).default(100),
  WEBHOOK_CONCURRENCY: z.coerce.number().int().min(1).max(1_000).default(64),
  WEBHOOK_ENDPOINT_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(16),
  WEBHOOK_RETRY_SECONDS: words.pipe(z.array(z.coerce.number<string>().min(0))).default([...DEFAULT_RETRY_SCHEDULE]),
});

const schema = settings
  .refine(({ DATABASE_URL, DATABASE_DIRECT_URL }) => DATABASE_URL || !DATABASE_DIRECT_URL, {
    path: ['DATABASE_DIRECT_URL'],
    message: 'needs DATABASE_URL, the address of the pooler; without a pooler leave it unset',
  })
  .refine(({ HEADERS_TIMEOUT_MS, REQUEST_TIMEOUT_MS }) => HEADERS_TIMEOUT_MS <= REQUEST_TIMEOUT_MS, {
    path: ['HEADERS_TIMEOUT_MS'],
    message: 'must be at most REQUEST_TIMEOUT_MS, which includes the headers',
  });

/** How long a client may take to send a request, in milliseconds. */
export interface RequestTimes {
  readonly headersMs: number;
  /** The whole request, headers and body. */
  readonly requestMs: number;
  /** The longest pause within a body. */
  readonly stallMs: number;
}

/** A setting is wrong. The message lists every one by name, and never a value. */
export class ConfigError extends Error {}

/** Every setting, read and checked once at boot. */
export class Config {
  readonly databaseUrl: string | null;
  /** The address of the server itself, when `databaseUrl` is a pooler in transaction mode. */
  readonly databaseDirectUrl: string | null;
  readonly databasePool: number;
  /** The most connections of one account at once; half of the pool if it is not said. */
  readonly connectionsEach: number | undefined;
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** The address at which people and programs reach this program, without a trailing slash. */
  readonly publicUrl: string;
  readonly roles: ReadonlySet<'api' | 'worker'>;
  readonly logLevel: z.infer<typeof settings>['LOG_LEVEL'];
  /** Who may ask for the GraphQL schema: everybody, whoever has a key, or nobody. */
  readonly introspection: 'true' | 'keys' | 'false';
  readonly requests: RequestTimes;
  /** The token of /metrics; with null, /metrics is open only while the program listens on loopback. */
  readonly metricsToken: string | null;
  /** Requests per minute of one key, over all processes; 0 for no limit. */
  readonly rateLimit: number;
  /** How long the event log is kept; 0 for ever. */
  readonly eventRetentionDays: number;
  readonly keyRing: KeyRing;
  /** The key that signs cursors. */
  readonly cursorSecret: Buffer;
  readonly webhooks: {
    /** Whether an endpoint may use plain http. */
    readonly allowHttp: boolean;
    /** `host:port` pairs that are reachable although their address is not public. */
    readonly allowedHosts: ReadonlySet<string>;
    /** How long the log of finished deliveries is kept; 0 for ever. */
    readonly retentionDays: number;
    readonly timeoutMs: number;
    /** The most endpoints of one account, REST hooks included. */
    readonly mostEndpoints: number;
    /** Requests at once in this process, and to one endpoint. */
    readonly concurrency: number;
    readonly endpointConcurrency: number;
    /** Seconds between attempts. */
    readonly retrySchedule: readonly number[];
  };

  /** Whether a pooler may give the session to somebody else after each transaction. Then no setting may be changed in it and no statement prepared. */
  get pooled(): boolean {
    return this.databaseDirectUrl !== null && this.databaseDirectUrl !== this.databaseUrl;
  }

  private constructor(env: z.infer<typeof settings>) {
    this.databaseUrl = env.DATABASE_URL ?? null;
    this.databaseDirectUrl = env.DATABASE_DIRECT_URL ?? null;
    this.databasePool = env.DATABASE_POOL;
    this.connectionsEach = env.DATABASE_CONNECTIONS_PER_ACCOUNT;
    this.dataFolder = resolve(env.DATA_DIR);
    this.host = env.HOST;
    this.port = env.PORT;
    this.publicUrl = env.PUBLIC_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${env.PORT}`;
    this.roles = new Set(env.ROLES);
    this.logLevel = env.LOG_LEVEL;
    this.rateLimit = env.RATE_LIMIT_PER_MINUTE;
    this.metricsToken = env.METRICS_TOKEN ?? null;
    this.introspection = env.GRAPHQL_INTROSPECTION;
    this.requests = {
      headersMs: env.HEADERS_TIMEOUT_MS,
      requestMs: env.REQUEST_TIMEOUT_MS,
      stallMs: env.STALL_TIMEOUT_MS,
    };
    this.eventRetentionDays = env.EVENT_RETENTION_DAYS;
    const keys = env.KITH_ENCRYPTION_KEYS ?? ownKey(this.databaseUrl, this.dataFolder);
    this.keyRing = ringOf(keys);
    this.cursorSecret = Buffer.from(hkdfSync('sha256', keys, '', 'kith cursors', 32));
    this.webhooks = {
      allowHttp: env.WEBHOOK_ALLOW_HTTP,
      allowedHosts: env.WEBHOOK_ALLOWED_HOSTS,
      retentionDays: env.WEBHOOK_RETENTION_DAYS,
      timeoutMs: env.WEBHOOK_TIMEOUT_MS,
      mostEndpoints: env.WEBHOOK_ENDPOINTS_PER_ACCOUNT,
      concurrency: env.WEBHOOK_CONCURRENCY,
      endpointConcurrency: env.WEBHOOK_ENDPOINT_CONCURRENCY,
      retrySchedule: env.WEBHOOK_RETRY_SECONDS,
    };
  }

  /** For a command that does only what this role does, whatever `ROLES` says. */
  static readFor(role: 'api' | 'worker'): Config {
    return Config.read({ ...process.env, ROLES: role });
  }

  /** @throws ConfigError naming every setting that is wrong. */
  static read(env: NodeJS.ProcessEnv = process.env): Config {
    const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
    const parsed = schema.safeParse(given);
    if (parsed.success) return new Config(parsed.data);
    const sentences = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`These settings are wrong:\n  ${sentences.join('\n  ')}`);
  }
}

function ringOf(keys: string): KeyRing {
  try {
    return parseKeyRing(keys);
  } catch (error) {
    throw new ConfigError(`KITH_ENCRYPTION_KEYS: ${error instanceof Error ? error.message : 'is not a key ring'}`);
  }
}

/** With the embedded database, the key is a file next to it; with a server it must be configured, since several processes share it. */
function ownKey(databaseUrl: string | null, folder: string): string {
  if (databaseUrl) {
    throw new ConfigError(
      'KITH_ENCRYPTION_KEYS is needed beside DATABASE_URL, the same for every process. Make one: openssl rand -base64 32',
    );
  }
  const file = join(folder, 'encryption.key');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
