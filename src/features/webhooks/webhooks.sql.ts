import { Injectable } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import type { Statement } from '../../platform/database/tx.js';
import { recordSql } from '../../platform/database/record-sql.js';
import { SystemStatement } from '../../platform/database/system-statement.js';
import { Projection } from '../../platform/projection/projection.js';
import { Webhook } from './webhook.entity.js';
import { webhookEvents } from './webhook.events.js';

/** Only one transaction of an account makes an endpoint at a time, so that the count holds. */
export function lockEndpoints(accountId: string): Statement {
  return {
    text: `select pg_advisory_xact_lock(hashtextextended('endpoints ' || $1::text, 0))`,
    values: [accountId],
  };
}

export function countEndpoints(accountId: string): Statement {
  return {
    text: `select count(*)::int as count from webhooks where account_id = $1 and deleted_at is null`,
    values: [accountId],
  };
}

/** The endpoint receives no event that is committed by now, whenever that is fanned out. A new endpoint has this as its default. */
export function hearFromNow(accountId: string, id: string): Statement {
  return {
    text: `update webhooks set heard_from = log_snapshot()::text where account_id = $1 and id = $2`,
    values: [accountId, id],
  };
}

/** An event without a change: a trial of one endpoint. */
@Injectable()
export class PingStatement {
  private readonly statement: SystemStatement<{ readonly id: string }>;

  constructor(projection: Projection) {
    this.statement = new SystemStatement((sql) => {
      const found = `select * from webhooks where account_id = ${sql.account()} and id = ${sql.value('id', 'uuid')}`;
      const parts = [`pinged as (${found})`, ...recordSql(sql, projection, Webhook, webhookEvents.ping, 'pinged')];
      return { parts, answer: 'select count(*)::int as recorded from event' };
    });
  }

  of(accountId: string, id: string, clock: Clock): Statement {
    return this.statement.bind({ id }, clock, accountId);
  }
}
