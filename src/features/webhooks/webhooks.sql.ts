import { Injectable } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import type { Statement } from '../../platform/database/tx.js';
import { recordSql } from '../../platform/database/record-sql.js';
import { Projection } from '../../platform/projection/projection.js';
import { SqlText } from '../../platform/projection/sql-text.js';
import { Webhook } from './webhook.entity.js';
import { webhookEvents } from './webhook.events.js';

/** An event without a change: a trial of one endpoint. */
@Injectable()
export class PingStatement {
  private readonly sql = new SqlText();
  private readonly text: string;

  constructor(projection: Projection) {
    const { sql } = this;
    const found = `select * from webhooks where account_id = ${sql.account()} and id = ${sql.value('id', 'uuid')}`;
    const parts = [`pinged as (${found})`, ...recordSql(sql, projection, Webhook, webhookEvents.ping, 'pinged')];
    this.text = `with ${parts.join(',\n')} select count(*)::int as recorded from event`;
  }

  of(accountId: string, id: string, clock: Clock): Statement {
    const run = { account: accountId, timeZone: 'UTC', now: clock.forSql(), values: { id } };
    return { text: this.text, values: this.sql.parameters(run) };
  }
}
