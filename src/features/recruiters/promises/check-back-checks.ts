import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { rowCheck } from '../../../platform/doctor/check.js';
import { Doctor } from '../../../platform/doctor/doctor.js';
import { MenderService } from '../../reminders/keeping/mender.service.js';
import { CheckBack } from './check-back.entity.js';
import { CHECK_BACK_ENDS } from './check-back.kinds.js';
import { recruiterOf } from './check-backs.sql.js';
import { Parking } from './parking.js';
import { keepsSql, lastDaySql } from './window.js';

const STANDS = `t.state in ('open', 'early')`;
const ENDS = `from reminders r where r.account_id = t.account_id and r.kind = '${CHECK_BACK_ENDS.name}' and r.subject_id = t.id
  and r.state in ('active', 'paused')`;
const THERE = `exists (select from recruiters p join contacts c on c.account_id = p.account_id and c.id = p.contact_id
  where p.account_id = t.account_id and p.id = t.recruiter_id and c.deleted_at is null)`;

/** It ends once: whoever is expected, on the day after the last one, as long as the contact is there. */
const AS_DUE = `case
  when ${STANDS} and ${THERE} and not exists (select ${ENDS} and r.due_on = ${lastDaySql('t.due_on')} + 1)
    then format('is %s and due on %s, and nothing ends it', t.state, t.due_on)
  when not (${STANDS} and ${THERE}) and exists (select ${ENDS})
    then format('is %s, and something waits for its end', t.state) end`;

/** A return is told with its day, and its day says what it means. */
const AS_RETURNED = `case
  when t.state = 'kept' and not coalesce(${keepsSql('t.returned_on', 't.due_on')}, false)
    then format('is kept and due on %s, by a return on %s', t.due_on, coalesce(t.returned_on::text, 'no day'))
  when t.state = 'early' and t.returned_on is null then 'is early, by a return on no day'
  when (t.settled_at is null) <> (${STANDS}) then format('is %s, and %s', t.state, case when t.settled_at is null then 'was never settled' else 'was settled' end)
  when (t.former is not null) <> (t.state in ('kept', 'early')) then format('is %s, and its last return %s taken back', t.state,
    case when t.former is null then 'cannot be' else 'could be' end) end`;

/** What holds of check-backs: they end when their time is over, and say what returns meant. */
@Injectable()
export class CheckBackChecks implements OnModuleInit {
  constructor(
    private readonly doctor: Doctor,
    private readonly parking: Parking,
    private readonly mender: MenderService,
  ) {}

  onModuleInit(): void {
    this.doctor.add(
      rowCheck({
        name: 'check_backs_end',
        type: 'check-back',
        rows: 'check_backs',
        wrong: AS_DUE,
        remedy: 'Repair sets the day on which it is missed.',
        repair: (tx, id) => this.mendEnd(tx, id),
      }),
      rowCheck({
        name: 'check_backs_as_returned',
        type: 'check-back',
        rows: 'check_backs',
        wrong: AS_RETURNED,
        remedy: 'Take the return back and note it again, on the day it was.',
        repair: null,
      }),
      this.mender.lostSubject(CHECK_BACK_ENDS, CheckBack, {
        name: 'check_back_ends_have_check_backs',
        wrong: 'is about a check-back that is deleted',
      }),
    );
  }

  private async mendEnd(tx: Tx, id: string): Promise<void> {
    const [found] = await tx.run<{ recruiterId: string }>(recruiterOf(tx.actor.accountId, id));
    if (found) await this.parking.mendEnd(tx, found.recruiterId, id);
  }
}
