import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { inserted, merged, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ResourceService } from '../../../platform/resources/resource-service.js';
import { refuseMore } from '../../../platform/database/at-most.js';
import { Contact } from '../contact.entity.js';
import { refuseBackwards } from './employment-days.js';
import { Employment } from './employment.entity.js';
import { employmentEvents } from './employment.events.js';
import type { CreateEmploymentInput, UpdateEmploymentInput } from './employment.inputs.js';
import { countOfJobs } from './employments.sql.js';

/** So many jobs can be added for one person. */
const MOST_JOBS = 100;

/** The jobs of contacts, and one's own. */
@Injectable()
export class EmploymentsService extends ResourceService<CreateEmploymentInput, UpdateEmploymentInput> {
  constructor(database: Database) {
    super(database, Employment, employmentEvents);
  }

  override async create(actor: Actor, input: CreateEmploymentInput, view: ObjectView): Promise<JsonText> {
    refuseBackwards(input);
    const contactId = personOf(input);
    return this.database.write(actor, async (tx) => {
      if (contactId !== null) await tx.linked(Contact, contactId, '/contactId');
      await refuseMore(tx, countOfJobs(tx.actor.accountId, contactId), {
        most: MOST_JOBS,
        what: contactId === null ? 'jobs of your own' : 'jobs of this contact',
        pointer: contactId === null ? '/mine' : '/contactId',
      });
      return (await tx.apply(inserted(Employment, { ...input, id: newId() }, employmentEvents.created), view)).json;
    });
  }

  override async update(actor: Actor, id: string, input: UpdateEmploymentInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      refuseBackwards(merged(await tx.find(Employment, id), input));
      return (await tx.apply(updated(Employment, id, input, employmentEvents.updated), view)).json;
    });
  }
}

/** The contact, or null for a job of one's own. @throws Problem for neither and for both */
function personOf({ contactId = null, mine = false }: CreateEmploymentInput): string | null {
  if (mine === (contactId === null)) return contactId;
  const detail = 'A job is that of a contact or your own: give either contactId, or mine: true.';
  throw Problem.field('/contactId', 'contactOrMine', detail);
}
