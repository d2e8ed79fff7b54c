import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Doctor } from '../../platform/doctor/doctor.js';
import { rowCheck } from '../../platform/doctor/check.js';
import { MenderService } from '../reminders/keeping/mender.service.js';
import { Round } from './round.entity.js';
import { ROUND_UPCOMING } from './round.kinds.js';
import { RoundsService } from './rounds.service.js';

const KEPT = `from reminders r where r.account_id = t.account_id and r.kind = '${ROUND_UPCOMING.name}' and r.subject_id = t.id`;
const LIVE = `${KEPT} and r.state in ('active', 'paused')`;
const GOES_ON = `t.status = 'scheduled' and exists (select from interviews i
  where i.account_id = t.account_id and i.id = t.interview_id and i.stage <> 'ended')`;
const BASIS = `'round at ' || to_char(t.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** A day by the calendar has 23 to 25 hours, with an hour to spare. */
const ANOTHER_TIME = `abs(extract(epoch from t.starts_at - r.starts_at) - 86400) > 7200`;

const AS_SCHEDULED = `case
  when not (${GOES_ON}) then case when exists (select ${LIVE}) then 'is over, and its reminder is there' end
  when exists (select ${LIVE} and (r.basis <> ${BASIS} or ${ANOTHER_TIME}))
    then 'has a reminder for another time than the day before it'
  when t.starts_at > now() and not exists (select ${LIVE}) and not exists (select ${KEPT} and coalesce(r.basis, ${BASIS}) = ${BASIS})
    then 'is ahead, and nothing reminds of it' end`;

/** What holds of the bells of rounds. */
@Injectable()
export class RoundChecks implements OnModuleInit {
  constructor(
    private readonly doctor: Doctor,
    private readonly rounds: RoundsService,
    private readonly mender: MenderService,
  ) {}

  onModuleInit(): void {
    this.doctor.add(
      rowCheck({
        name: 'round_reminders_as_scheduled',
        type: 'round',
        rows: 'rounds',
        wrong: AS_SCHEDULED,
        remedy: 'Repair sets the reminder to the day before the round, or deletes it when the round is over.',
        repair: (tx, id) => this.rounds.mend(tx, id),
      }),
      this.mender.lostSubject(ROUND_UPCOMING, Round, {
        name: 'round_reminders_have_rounds',
        wrong: 'is about a round that is deleted',
      }),
    );
  }
}
