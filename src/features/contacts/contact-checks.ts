import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Doctor } from '../../platform/doctor/doctor.js';
import { rowCheck } from '../../platform/doctor/check.js';
import type { Check, Circumstances, Examined, PageOfRows } from '../../platform/doctor/check.js';
import { MenderService } from '../reminders/keeping/mender.service.js';
import { nextTouch, rhythmOf } from './cadence.js';
import { examinedContacts } from './contact-checks.sql.js';
import type { ExaminedContact } from './contact-checks.sql.js';
import { Contact } from './contact.entity.js';
import { KEEP_IN_TOUCH } from './contact.kinds.js';
import { ContactsService } from './contacts.service.js';
import { Interaction } from './interactions/interaction.entity.js';
import { TOUCH_AHEAD } from './interactions/interaction.kinds.js';
import { InteractionsService } from './interactions/interactions.service.js';

const AWAITS = `exists (select from reminders r where r.account_id = t.account_id and r.kind = '${TOUCH_AHEAD.name}' and r.subject_id = t.id
  and r.state in ('active', 'paused') and r.starts_at = t.occurred_at)`;
const AWAITED = `case when t.counts_as_touch and t.occurred_at > now() and not ${AWAITS}
  then format('is dated ahead, and nothing counts it at %s', t.occurred_at at time zone 'UTC') end`;

/** What holds of touches: the dates of a contact are those of its log, and its reminder has the same. */
@Injectable()
export class ContactChecks implements OnModuleInit {
  constructor(
    private readonly doctor: Doctor,
    private readonly contacts: ContactsService,
    private readonly interactions: InteractionsService,
    private readonly mender: MenderService,
  ) {}

  onModuleInit(): void {
    this.doctor.add(
      ...this.aheadChecks(),
      {
        name: 'touches_as_logged',
        type: 'contact',
        remedy: 'Repair derives the last and the next touch again from the log, and sets the reminder.',
        examine: examineContacts,
        repair: (tx, id) => this.contacts.mend(tx, id),
      },
      this.mender.lostSubject(KEEP_IN_TOUCH, Contact, {
        name: 'touches_have_contacts',
        wrong: 'is about a contact that is purged',
      }),
    );
  }

  private aheadChecks(): Check[] {
    return [
      rowCheck({
        name: 'touches_ahead_are_awaited',
        type: 'interaction',
        rows: 'interactions',
        wrong: AWAITED,
        remedy: 'Repair sets the time at which it counts as a touch.',
        repair: (tx, id) => this.interactions.mend(tx, id),
      }),
      this.mender.lostSubject(TOUCH_AHEAD, Interaction, {
        name: 'touches_ahead_have_interactions',
        wrong: 'is about an interaction that is deleted',
      }),
    ];
  }
}

async function examineContacts(page: PageOfRows, { run, now }: Circumstances): Promise<Examined[]> {
  const contacts = await run<ExaminedContact>(examinedContacts(page, now));
  return contacts.map((contact) => ({ accountId: contact.accountId, id: contact.id, wrong: wrongWith(contact) }));
}

/** Of a contact in the trash only the reminder counts: its dates are derived again when it is restored. */
function wrongWith(contact: ExaminedContact): string | null {
  const { isDeleted, lastTouchAt, loggedAt, nextTouchAt, cadenceDays, remindedAt, calendar } = contact;
  if (isDeleted) return remindedAt && `is deleted, and its reminder for ${textOf(remindedAt)} is there`;
  if (contact.isWaiting) return null;
  if (!isSame(lastTouchAt, loggedAt))
    return `has the last touch ${textOf(lastTouchAt)}, and the log has ${textOf(loggedAt)}`;
  const rhythm = rhythmOf(nextTouch(contact, calendar));
  const next = rhythm.nextTouchAt;
  if (!isSame(nextTouchAt, next))
    return `has the next touch ${textOf(nextTouchAt)}, and its rhythm gives ${textOf(next)}`;
  if (cadenceDays !== rhythm.cadenceDays)
    return `has a cadence of ${cadenceDays ?? 'no'} days, and its rhythm gives ${rhythm.cadenceDays ?? 'none'}`;
  if (isSame(remindedAt, next)) return null;
  return `has the next touch ${textOf(next)}, and its reminder is for ${textOf(remindedAt)}`;
}

function isSame(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}

function textOf(at: Date | null): string {
  return at?.toISOString() ?? 'none';
}
