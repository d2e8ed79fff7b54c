import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Doctor } from '../../platform/doctor/doctor.js';
import { rowCheck } from '../../platform/doctor/check.js';
import { MenderService } from '../reminders/keeping/mender.service.js';
import { Parking } from './promises/parking.js';
import { Recruiter } from './recruiter.entity.js';
import { CHECK_BACK } from './recruiter.kinds.js';

const KEPT = `from reminders r where r.account_id = t.account_id and r.kind = '${CHECK_BACK.name}' and r.subject_id = t.id`;
const LIVE = `${KEPT} and r.state in ('active', 'paused')`;
const HAS_CONTACT = `exists (select from contacts c where c.account_id = t.account_id and c.id = t.contact_id and c.deleted_at is null)`;
const OF_THEIRS = 'from check_backs k where k.account_id = t.account_id and k.recruiter_id = t.id';
const EXPECTED = `exists (select ${OF_THEIRS} and k.state in ('open', 'early'))`;
const UNTIL = `(t.parked_until at time zone (select a.time_zone from accounts a where a.id = t.account_id))::date`;

const AS_PARKED = `case
  when t.status <> 'parked' and ${EXPECTED} then format('is %s, and is expected to come back', t.status)
  when t.status = 'parked' and t.parked_until is not null then case
    when not exists (select ${OF_THEIRS} and k.id = t.parking)
      then format('is parked until %s, and nobody expects them', t.parked_until at time zone 'UTC')
    when exists (select ${OF_THEIRS} and k.state in ('open', 'early') and (k.id <> t.parking or k.due_on <> ${UNTIL}))
      then format('is parked until %s, and expected for another day', t.parked_until at time zone 'UTC')
    when ${EXPECTED} and ${HAS_CONTACT} then case
      when exists (select ${LIVE} and r.starts_at <> t.parked_until)
        then format('is parked until %s, and the reminder to check back is for another time', t.parked_until at time zone 'UTC')
      when not exists (select ${LIVE}) and not exists (select ${KEPT} and r.basis = 'parking ' || t.parking)
        then format('is parked until %s, and nothing reminds of it', t.parked_until at time zone 'UTC') end
    when exists (select ${LIVE}) then format('is parked and %s, and a reminder to check back is there',
      case when ${HAS_CONTACT} then 'not expected any more' else 'their contact is deleted' end) end
  when exists (select ${LIVE})
    then format('is %s%s, and a reminder to check back is there', t.status, case when ${HAS_CONTACT} then '' else ', its contact is deleted' end)
  end`;

/** What holds of the dates to check back. */
@Injectable()
export class RecruiterChecks implements OnModuleInit {
  constructor(
    private readonly doctor: Doctor,
    private readonly parking: Parking,
    private readonly mender: MenderService,
  ) {}

  onModuleInit(): void {
    this.doctor.add(
      rowCheck({
        name: 'check_backs_as_parked',
        type: 'recruiter',
        rows: 'recruiters',
        wrong: AS_PARKED,
        remedy: 'Repair sets the check-back and our own reminder of it as the recruiter is parked.',
        repair: (tx, id) => this.parking.mend(tx, id),
      }),
      this.mender.lostSubject(CHECK_BACK, Recruiter, {
        name: 'check_backs_have_recruiters',
        wrong: 'is to check back with a recruiter who is deleted',
      }),
    );
  }
}
