import { Injectable } from '@nestjs/common';
import { newId } from '../../../../kit/ids.js';
import type { Actor } from '../../../../platform/actor/actor.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { Database } from '../../../../platform/database/database.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { Problem } from '../../../../platform/errors/problem.js';
import { MembershipsService } from '../../circles/memberships.service.js';
import { isReachable } from '../../cadence.js';
import { Contact } from '../../contact.entity.js';
import { ContactsService } from '../../contacts.service.js';
import { importLock } from '../../imports/matching/known.sql.js';
import { EncountersService } from '../encounters.service.js';
import { additionsTo, knownOf } from './additions.js';
import { followUpTimes } from './follow-up-times.js';
import { FollowUpsService } from './follow-ups.service.js';
import { guestsOf } from './guests.js';
import type { Guest } from './guests.js';
import { identitiesOf } from './known-people.sql.js';
import type { Identity } from './known-people.sql.js';
import type { WrapUp, WrapUpEncounterInput } from './wrap-up.shapes.js';

/** After an encounter: who was met becomes a contact, if they are none yet, and each is followed up. */
@Injectable()
export class WrapUpService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly encounters: EncountersService,
    private readonly memberships: MembershipsService,
    private readonly followUps: FollowUpsService,
  ) {}

  async wrapUp(actor: Actor, { people, followUps = true, ...encounter }: WrapUpEncounterInput): Promise<WrapUp> {
    if (people.length === 0) throw Problem.field('/people', 'atLeastOne', 'Name at least one of the people you met.');
    return this.database.write(actor, async (tx) => {
      const guests = await this.recognise(tx, people, encounter.circleId ?? null);
      const there = guests.map(({ id, person }) => ({ contactId: id, role: person.role ?? null }));
      const logged = await this.encounters.insertIn(tx, { ...encounter, people: there });
      for (const guest of guests) await this.welcome(tx, guest, logged.id);
      await this.encounters.link(tx, logged, there);
      await this.join(tx, guests, encounter.circleId ?? null);
      const times = followUps ? await this.follow(tx, logged.id, guests) : new Map<string, Date>();
      return {
        encounterId: logged.id,
        people: guests.map(({ id, contact }) => {
          return { contactId: id, outcome: contact ? 'found' : 'made', followUpAt: times.get(id) ?? null };
        }),
      };
    });
  }

  /** One at a time in an account, also with imports: two requests at once would both find nobody. */
  private async recognise(tx: Tx, people: WrapUpEncounterInput['people'], circleId: string | null): Promise<Guest[]> {
    const { accountId } = tx.actor;
    await tx.run(importLock(accountId));
    const identities = await tx.run<Identity>(identitiesOf(accountId, people));
    const ids = people.map(({ contactId }, at) => contactId ?? identities[at]?.contactId ?? null);
    const known = await tx.select(Contact, { id: ids.filter((id) => id !== null) });
    return guestsOf({ people, identities, ids, known, circleId }, newId);
  }

  /** Somebody new was met there. Somebody known stays as is, but for what is new. */
  private async welcome(tx: Tx, { id, contact, person }: Guest, encounterId: string): Promise<void> {
    if (contact) return this.contacts.updateIn(tx, id, additionsTo(contact, person));
    await this.contacts.createIn(tx, { ...knownOf(person), name: person.name ?? '', encounterId }, id);
  }

  private async join(tx: Tx, guests: readonly Guest[], circleId: string | null): Promise<void> {
    for (const { id, person } of guests)
      if (circleId && person.handle)
        await this.memberships.joinIn(tx, { circleId, contactId: id, handle: person.handle });
  }

  /** Nobody is reminded of somebody who is archived or does not want to be contacted. */
  private async follow(tx: Tx, encounterId: string, guests: readonly Guest[]): Promise<Map<string, Date>> {
    const open = guests.filter(({ contact }) => !contact || isReachable(contact));
    const times = followUpTimes(
      open.map(({ person }) => person.priority ?? 'normal'),
      this.clock.now(),
    );
    const followUps = open.map(({ id, name, person }, at) => {
      return { contactId: id, name, at: times[at] ?? this.clock.now(), priority: person.priority ?? 'normal' };
    });
    await this.followUps.keep(tx, encounterId, followUps);
    return new Map(followUps.map(({ contactId, at }) => [contactId, at]));
  }
}
