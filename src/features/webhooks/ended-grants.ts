import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { EndedKeys } from '../../platform/auth/ended-keys.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { recordSql } from '../../platform/database/record-sql.js';
import { SystemStatement } from '../../platform/database/system-statement.js';
import { minutely } from '../../platform/jobs/hourly.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { Projection } from '../../platform/projection/projection.js';
import { Webhook } from './webhook.entity.js';
import { webhookEvents } from './webhook.events.js';
import { DELIVERIES } from './webhook.topics.js';

const AT_ONCE = 100;

/** Disables the endpoints of keys that were revoked or have expired, each with its event. */
@Injectable()
export class EndedGrants implements OnModuleInit {
  private readonly revoked: SystemStatement<{ readonly keyId: string }>;
  private readonly expired: SystemStatement<Record<never, never>>;

  constructor(
    projection: Projection,
    private readonly database: Database,
    private readonly keys: EndedKeys,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {
    this.revoked = disabling(projection, 'key_revoked', (sql) => {
      return `account_id = ${sql.account()} and key_id = ${sql.value('keyId', 'uuid')}`;
    });
    this.expired = disabling(projection, 'key_expired', (sql) => `granted_until <= ${sql.now()}`);
  }

  onModuleInit(): void {
    this.keys.whenRevoked((tx, keyId) => this.end(tx, keyId));
    this.ticker.add({ name: 'end grants', run: minutely(this.clock, () => this.endExpired()) });
  }

  private async end(tx: Tx, keyId: string): Promise<void> {
    const statement = this.revoked.bind({ keyId }, this.clock, tx.actor.accountId);
    while ((await ended(tx.run<Ended>(statement))) > 0) tx.wake(DELIVERIES);
  }

  /** One batch. Fan-out sends nothing in the meantime: this only says so. */
  private async endExpired(): Promise<boolean> {
    return (await ended(this.database.system<Ended>(this.expired.bind({}, this.clock)))) > 0;
  }
}

interface Ended {
  readonly ended: number;
}

async function ended(run: Promise<readonly Ended[]>): Promise<number> {
  return (await run)[0]?.ended ?? 0;
}

type Writing = Parameters<ConstructorParameters<typeof SystemStatement>[0]>[0];

function disabling<V extends Readonly<Record<string, unknown>>>(
  projection: Projection,
  reason: 'key_revoked' | 'key_expired',
  which: (sql: Writing) => string,
): SystemStatement<V> {
  return new SystemStatement<V>((sql) => {
    const parts = [
      `found as (select account_id, id from webhooks where ${which(sql)} and status <> 'disabled' and deleted_at is null
        order by account_id, id limit ${AT_ONCE} for update skip locked)`,
      `disabled as (update webhooks w set status = 'disabled', disabled_reason = '${reason}', updated_at = ${sql.now()},
          version = w.version + 1
        from found f where w.account_id = f.account_id and w.id = f.id returning w.*)`,
      ...recordSql(sql, projection, Webhook, webhookEvents.endpointDisabled, 'disabled'),
    ];
    return { parts, answer: 'select count(*)::int as ended from event' };
  });
}
