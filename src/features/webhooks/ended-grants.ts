import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { EndedKeys } from '../../platform/auth/ended-keys.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import type { Statement, Tx } from '../../platform/database/tx.js';
import { recordSql } from '../../platform/database/record-sql.js';
import { SystemStatement } from '../../platform/database/system-statement.js';
import { untroubled, whoseRows } from '../../platform/jobs/failures.sql.js';
import { minutely } from '../../platform/jobs/hourly.js';
import type { SharedJob, Wanted } from '../../platform/jobs/shared-job.js';
import { SharedWork } from '../../platform/jobs/shared-work.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { Projection } from '../../platform/projection/projection.js';
import { Webhook } from './webhook.entity.js';
import { webhookEvents } from './webhook.events.js';
import { DELIVERIES } from './webhook.topics.js';

const JOB = 'end grants';
const AT_ONCE = 100;

/** Disables the endpoints of keys that were revoked or have expired, each with its event. */
@Injectable()
export class EndedGrants implements OnModuleInit {
  private readonly revoked: SystemStatement<{ readonly keyId: string }>;
  private readonly expired: SystemStatement<Record<never, never>>;
  private readonly some: SystemStatement<{ readonly portions: string }>;
  private readonly job: SharedJob = {
    name: JOB,
    noun: 'webhook',
    find: (wanted) => findExpired(wanted, this.clock.forSql()),
    some: (portions, patienceMs) =>
      this.run(this.some.bind({ portions: JSON.stringify(portions) }, this.clock), patienceMs),
  };

  constructor(
    projection: Projection,
    private readonly database: Database,
    private readonly keys: EndedKeys,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly shared: SharedWork,
  ) {
    this.revoked = disabling(projection, 'key_revoked', (sql) => {
      return `account_id = ${sql.account()} and key_id = ${sql.value('keyId', 'uuid')}`;
    });
    this.expired = disabling(projection, 'key_expired', (sql) => {
      return `granted_until <= ${sql.now()} and ${untroubled(JOB, 'webhooks.account_id')}`;
    });
    this.some = disabling(projection, 'key_expired', (sql) => {
      const some = `json_to_recordset(${sql.value('portions', 'json')}) as p("accountId" uuid, id uuid)`;
      return `granted_until <= ${sql.now()} and (account_id, id) in (select p."accountId", p.id from ${some})`;
    });
  }

  onModuleInit(): void {
    this.keys.whenRevoked((tx, keyId) => this.end(tx, keyId));
    this.shared.register(this.job);
    this.ticker.add({ name: JOB, run: minutely(this.clock, () => this.endExpired()) });
  }

  private async end(tx: Tx, keyId: string): Promise<void> {
    const statement = this.revoked.bind({ keyId }, this.clock, tx.actor.accountId);
    while ((await ended(tx.run<Ended>(statement))) > 0) tx.wake(DELIVERIES);
  }

  /** One batch. Fan-out sends nothing in the meantime: this only says so. */
  private async endExpired(): Promise<boolean> {
    const statement = this.expired.bind({}, this.clock);
    const count = await this.shared.whole(this.job, (patienceMs) => this.run(statement, patienceMs));
    return count === null || count > 0;
  }

  private run(statement: Statement, patienceMs: number): Promise<number> {
    return ended(this.database.system<Ended>(statement, patienceMs));
  }
}

interface Ended {
  readonly ended: number;
}

async function ended(run: Promise<readonly Ended[]>): Promise<number> {
  return (await run)[0]?.ended ?? 0;
}

/** Endpoints whose keys have expired. */
function findExpired({ accountId, most }: Wanted, now: Date | null): Statement {
  const whose = whoseRows(JOB, 'w', accountId, '$3');
  return {
    text: `select w.account_id as "accountId", w.id from webhooks w
      where w.granted_until <= coalesce($1::timestamptz, now()) and w.status <> 'disabled' and w.deleted_at is null and ${whose}
      order by w.account_id, w.id limit $2`,
    values: [now, most, ...(accountId === null ? [] : [accountId])],
  };
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
