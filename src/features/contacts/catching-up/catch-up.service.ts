import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { Contact } from '../contact.entity.js';
import { InteractionsService } from '../interactions/interactions.service.js';
import type { CatchUpInput, CaughtUp } from './catch-up.shapes.js';

/**
 * Logs a touch with each of many contacts, in one transaction. An interaction each, not one with all of them, which would be one occasion that
 * they shared: so each can be corrected or taken back without the others.
 */
@Injectable()
export class CatchUpService {
  constructor(
    private readonly database: Database,
    private readonly interactions: InteractionsService,
  ) {}

  async catchUp(actor: Actor, { contactIds, channel = 'other', ...touch }: CatchUpInput): Promise<CaughtUp> {
    const ids = [...new Set(contactIds)];
    if (ids.length === 0) throw Problem.field('/contactIds', 'atLeastOne', 'Name at least one contact.');
    return this.database.write(actor, async (tx) => {
      const known = await tx.linkedAll(Contact, ids, '/contactIds');
      const logged = new Map<string, string>();
      for (const { id } of known)
        logged.set(id, await this.interactions.logIn(tx, { ...touch, channel, countsAsTouch: true, contactIds: [id] }));
      const after = new Map((await tx.select(Contact, { id: ids })).map((contact) => [contact.id, contact]));
      const contacts = ids.map((id) => {
        return { contactId: id, interactionId: logged.get(id) ?? '', nextTouchAt: after.get(id)?.nextTouchAt ?? null };
      });
      return { contacts };
    });
  }
}
