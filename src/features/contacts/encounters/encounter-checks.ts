import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Doctor } from '../../../platform/doctor/doctor.js';
import { rowCheck } from '../../../platform/doctor/check.js';
import { ContactsService } from '../contacts.service.js';

const FOLLOWS = `case when t.met_on_follows and t.deleted_at is null then (
  select format('was met on %s, and the encounter was on %s', coalesce(t.met_on::text, 'no day'), e.occurred_on)
  from encounters e where e.account_id = t.account_id and e.id = t.encounter_id and e.occurred_on is distinct from t.met_on) end`;

/** What holds of the days on which contacts were met. */
@Injectable()
export class EncounterChecks implements OnModuleInit {
  constructor(
    private readonly doctor: Doctor,
    private readonly contacts: ContactsService,
  ) {}

  onModuleInit(): void {
    this.doctor.add(
      rowCheck({
        name: 'meetings_on_days_of_encounters',
        type: 'contact',
        rows: 'contacts',
        wrong: FOLLOWS,
        remedy: 'Repair takes the day from the encounter, and moves the next touch with it.',
        repair: (tx, id) => this.contacts.meetAgain(tx, id),
      }),
    );
  }
}
