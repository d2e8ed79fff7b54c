import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { companyKey } from '../../../kit/company-name.js';
import { newId } from '../../../kit/ids.js';
import { localDateOf } from '../../../kit/instants.js';
import { Clock } from '../../../platform/clock/clock.js';
import { inserted, updated } from '../../../platform/database/changes.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { Contact } from '../contact.entity.js';
import { ContactsService } from '../contacts.service.js';
import { isElsewhere, isOtherRole } from '../job.js';
import type { Job } from '../job.js';
import { Employment } from './employment.entity.js';
import { employmentEvents } from './employment.events.js';
import { jobsAt } from './employments.sql.js';
import type { KnownJob } from './employments.sql.js';

/**
 * Writes the history of a contact who has another job: the old one ends and the new one begins on the day on which the program learns
 * of it. What somebody entered stays: a job with a last day keeps it, and a new job that is there already is not added again.
 */
@Injectable()
export class JobHistory implements OnModuleInit {
  constructor(
    private readonly contacts: ContactsService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.contacts.whenJobChanges((tx, before, after) => this.write(tx, before, after));
  }

  private async write(tx: Tx, before: Contact, after: Contact): Promise<void> {
    const { accountId, calendar } = tx.actor;
    const today = localDateOf(this.clock.now(), calendar.timeZone);
    const keys = [before.company, after.company].flatMap((company) => (company === null ? [] : [companyKey(company)]));
    const known = await tx.run<KnownJob>(jobsAt(accountId, before.id, keys));
    const inRoles = !isElsewhere(before, after);
    await this.end(
      tx,
      before,
      today,
      known.filter((job) => isOf(job, before, inRoles)),
    );
    const lasting = known.filter(({ endedOn }) => endedOn === null || endedOn > today);
    const isThere = lasting.some((job) => isOf(job, after, inRoles) && (!inRoles || job.title !== null));
    if (!isThere) await this.add(tx, after, { startedOn: today });
  }

  private async end(tx: Tx, before: Contact, today: string, known: readonly KnownJob[]): Promise<void> {
    for (const { id, startedOn, endedOn } of known) {
      if (endedOn !== null || (startedOn !== null && startedOn > today)) continue;
      await tx.apply(updated(Employment, id, { endedOn: today, endedOnPrecision: 'day' }, employmentEvents.updated));
    }
    if (known.length === 0) await this.add(tx, before, { endedOn: today });
  }

  private async add(tx: Tx, { id, company, title }: Contact, days: Partial<Employment>): Promise<void> {
    if (company === null) return;
    const job = { id: newId(), contactId: id, company, title, ...days };
    await tx.apply(inserted(Employment, job, employmentEvents.created));
  }
}

/** Whether it is the job: at the company, and if only the role changed, in that role. */
function isOf(known: KnownJob, job: Job, inRoles: boolean): boolean {
  if (job.company === null || known.companyKey !== companyKey(job.company)) return false;
  return !inRoles || !isOtherRole({ ...known, company: job.company }, job);
}
