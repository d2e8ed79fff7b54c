import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import type { Statement } from '../database/tx.js';
import { untroubled, whoseRows } from './failures.sql.js';
import { hourly } from './hourly.js';
import { columnsOf } from './shared-job.js';
import type { Portion, SharedJob, Wanted } from './shared-job.js';
import { SharedWork } from './shared-work.js';
import { Ticker } from './ticker.js';

/** Each may have many rows of other tables, which go with it. */
const AT_ONCE = 10;

/** Rows of a table that are kept for some days after they were made, and then deleted with what hangs on them. */
export interface KeptRows {
  /** The name of the job, without a quotation mark. */
  readonly job: string;
  /** What the rows are, as a noun. */
  readonly noun: string;
  readonly table: string;
  readonly days: number;
  /** Another condition on the row `t` that has to hold before it is deleted. */
  readonly once?: string;
}

/** Deletes old rows once an hour: a failing one is set aside, and the others go. */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly shared: SharedWork,
  ) {}

  add(kept: KeptRows): void {
    const forget = async (patienceMs: number, portions?: readonly Portion[]): Promise<number> => {
      const statement = forgetOld(kept, this.clock.forSql(), portions);
      const [done] = await this.database.system<{ gone: number }>(statement, patienceMs);
      return done?.gone ?? 0;
    };
    const job: SharedJob = {
      name: kept.job,
      noun: kept.noun,
      find: (wanted) => findOld(kept, this.clock.forSql(), wanted),
      some: (portions, patienceMs) => forget(patienceMs, portions),
    };
    const forgetSome = async (): Promise<boolean> => {
      const gone = await this.shared.whole(job, (patienceMs) => forget(patienceMs));
      return gone === null || gone === AT_ONCE;
    };
    this.shared.register(job);
    this.ticker.add({ name: kept.job, run: hourly(this.clock, forgetSome) });
  }
}

function isOld({ days, once }: KeptRows): string {
  const age = `t.created_at < coalesce($1::timestamptz, now()) - interval '${days} days'`;
  return once === undefined ? age : `${age} and ${once}`;
}

/** Deletes some old rows, those named or those of all accounts of which none is set aside, and returns how many. */
function forgetOld(kept: KeptRows, now: Date | null, portions?: readonly Portion[]): Statement {
  const whose = portions
    ? '(t.account_id, t.id) in (select * from unnest($3::uuid[], $4::uuid[]))'
    : untroubled(kept.job, 't.account_id');
  return {
    text: `with old as (select t.account_id, t.id from ${kept.table} t
        where ${isOld(kept)} and ${whose} order by t.created_at limit $2 for update skip locked),
      gone as (delete from ${kept.table} t using old where t.account_id = old.account_id and t.id = old.id returning 1)
      select count(*)::int as gone from gone`,
    values: [now, AT_ONCE, ...(portions ? columnsOf(portions) : [])],
  };
}

function findOld(kept: KeptRows, now: Date | null, { accountId, most }: Wanted): Statement {
  return {
    text: `select t.account_id as "accountId", t.id from ${kept.table} t
      where ${isOld(kept)} and ${whoseRows(kept.job, 't', accountId, '$3')} order by t.created_at, t.id limit $2`,
    values: [now, most, ...(accountId === null ? [] : [accountId])],
  };
}
