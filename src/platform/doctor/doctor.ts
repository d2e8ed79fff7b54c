import { Injectable } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import type { Run } from '../database/tx.js';
import { workerSessions } from '../database/worker-sessions.js';
import type { Check, Circumstances, Examined, Finding } from './check.js';

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Looks through a whole installation for rows that break a promise, page by page. Features register what they promise. */
@Injectable()
export class Doctor {
  private readonly checks: Check[] = [];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  add(...checks: Check[]): void {
    this.checks.push(...checks);
  }

  /** How many promises are checked. */
  get promises(): number {
    return this.checks.length;
  }

  /** @param workerRuns whether a worker should have done what is due; unless told, whether one has been connected for a minute */
  async *findings(workerRuns?: boolean): AsyncGenerator<Finding, void> {
    const run: Run = (statement) => this.database.system(statement);
    const [sessions] = await run<{ count: number }>(workerSessions());
    const circumstances = { run, now: this.clock.now(), workerRuns: workerRuns ?? (sessions?.count ?? 0) > 0 };
    for (const check of this.checks) yield* findingsOf(check, circumstances);
  }

  /** Mends one finding, in a transaction of its account. False when only a person can. */
  async repair({ check, id }: Finding, operator: Actor): Promise<boolean> {
    const repair = this.checks.find(({ name }) => name === check)?.repair;
    if (repair) await this.database.write(operator, (tx) => repair(tx, id));
    return Boolean(repair);
  }
}

async function* findingsOf(check: Check, circumstances: Circumstances): AsyncGenerator<Finding, void> {
  let last: Pick<Examined, 'accountId' | 'id'> | undefined = { accountId: FIRST, id: FIRST };
  while (last) {
    const rows = await check.examine({ ...last, limit: PAGE }, circumstances);
    for (const { accountId, id, wrong } of rows)
      if (wrong !== null) yield { check: check.name, type: check.type, accountId, id, wrong, remedy: check.remedy };
    last = rows.length < PAGE ? undefined : rows.at(-1);
  }
}
