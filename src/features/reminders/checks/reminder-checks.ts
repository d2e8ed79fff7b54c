import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Doctor } from '../../../platform/doctor/doctor.js';
import { rowCheck } from '../../../platform/doctor/check.js';
import type { Circumstances, Examined, PageOfRows } from '../../../platform/doctor/check.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Account } from '../../accounts/account.entity.js';
import { DIGEST } from '../digests/digest-statement.js';
import { DigestsService } from '../digests/digests.service.js';
import { MenderService } from '../keeping/mender.service.js';
import { Occurrence } from '../occurrence.entity.js';
import { knownRingsOf } from '../reminders.sql.js';
import type { KnownRing } from '../timing/rings-ahead.js';
import { examinedReminders, waitingRings } from './checks.sql.js';
import type { ExaminedReminder } from './checks.sql.js';
import { misplaced } from './misplaced.js';

/** Checks of every reminder and its rings. */
@Injectable()
export class ReminderChecks implements OnModuleInit {
  constructor(
    private readonly doctor: Doctor,
    private readonly mender: MenderService,
    private readonly digests: DigestsService,
  ) {}

  onModuleInit(): void {
    this.doctor.add(
      {
        name: 'rings_as_planned',
        type: 'reminder',
        remedy: 'Repair puts its rings where its plan has them, or ends it when its plan has none.',
        examine: (page, circumstances) => this.examine(page, circumstances),
        repair: (tx, id) => this.mender.mend(tx, id),
      },
      {
        name: 'rings_on_time',
        type: 'occurrence',
        remedy: 'The next worker that looks rings it. If it is still here then, read the log of the workers.',
        examine: (page, { run, now, workerRuns }) =>
          workerRuns ? run<Examined>(waitingRings(page, now)) : Promise.resolve([]),
        repair: (tx, id) => this.wake(tx, id),
      },
      rowCheck({
        name: 'digests_as_set',
        type: 'account',
        rows: 'accounts',
        wrong: `case when (t.digest <> 'off') <> exists (select from reminders r where r.account_id = t.account_id
            and r.kind = '${DIGEST.name}' and r.subject_id = t.id and r.state in ('active', 'paused'))
          then format('has the setting digest = %s, and %s', t.digest,
            case t.digest when 'off' then 'a reminder for one' else 'no reminder for one' end) end`,
        remedy: "Repair makes the reminder that brings digests, or takes it away, as the account's settings say.",
        repair: async (tx, id) => this.digests.mend(tx, await tx.find(Account, id)),
      }),
    );
  }

  private async examine(page: PageOfRows, { run, now }: Circumstances): Promise<Examined[]> {
    const reminders = await run<ExaminedReminder>(examinedReminders(page));
    // Accounts that took over the same file have reminders with the same ids.
    const keyOf = (accountId: string, id: string): string => `${accountId} ${id}`;
    const rings = new Map<string, KnownRing[]>(reminders.map(({ accountId, id }) => [keyOf(accountId, id), []]));
    for (const ring of await run<KnownRing & { accountId: string; reminderId: string }>(knownRingsOf(reminders)))
      rings.get(keyOf(ring.accountId, ring.reminderId))?.push(ring);
    return reminders.map((reminder) => {
      const { accountId, id } = reminder;
      return { accountId, id, wrong: misplaced(reminder, rings.get(keyOf(accountId, id)) ?? [], now) };
    });
  }

  private async wake(tx: Tx, id: string): Promise<void> {
    const [ring] = await tx.select(Occurrence, { id });
    if (ring) await this.mender.mend(tx, ring.reminderId);
  }
}
