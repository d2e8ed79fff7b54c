import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { inserted, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ResourceService } from '../../../platform/resources/resource-service.js';
import { Contact } from '../contact.entity.js';
import { Circle } from './circle.entity.js';
import { membershipEvents } from './circle.events.js';
import type { CreateMembershipInput, UpdateMembershipInput } from './circle.inputs.js';
import { Membership } from './membership.entity.js';

/** Who is in which circle. */
@Injectable()
export class MembershipsService extends ResourceService<CreateMembershipInput, UpdateMembershipInput> {
  constructor(database: Database) {
    super(database, Membership, membershipEvents);
  }

  override async create(actor: Actor, input: CreateMembershipInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await tx.linked(Contact, input.contactId, '/contactId');
      await tx.linked(Circle, input.circleId, '/circleId');
      await this.refuseSecond(tx, input);
      return (await tx.apply(inserted(Membership, { ...input, id: newId() }, membershipEvents.created), view)).json;
    });
  }

  /** Makes a contact a member inside another transaction. Who is one already gets the handle, unless there is one. */
  async joinIn(tx: Tx, { handle, ...who }: Pick<Membership, 'circleId' | 'contactId' | 'handle'>): Promise<void> {
    const [known] = await tx.select(Membership, who);
    const change = known
      ? updated(Membership, known.id, { handle: known.handle ?? handle }, membershipEvents.updated)
      : inserted(Membership, { ...who, handle, id: newId() }, membershipEvents.created);
    await tx.apply(change);
  }

  /** Both rows are locked, so nobody adds the same contact in between. */
  private async refuseSecond(tx: Tx, { circleId, contactId }: CreateMembershipInput): Promise<void> {
    const [known] = await tx.select(Membership, { circleId, contactId });
    if (!known) return;
    const detail = `This contact is in this circle already: change the membership ${known.id} instead.`;
    throw new Problem('already_exists', detail, [{ pointer: '/contactId', code: 'alreadyThere', detail }]);
  }
}
