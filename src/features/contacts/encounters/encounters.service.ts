import { Injectable } from '@nestjs/common';
import { forgePage } from '../../../kit/forge-url.js';
import { newId } from '../../../kit/ids.js';
import { localDateOf } from '../../../kit/instants.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { inserted, removed, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ResourceService } from '../../../platform/resources/resource-service.js';
import { Circle } from '../circles/circle.entity.js';
import { Contact } from '../contact.entity.js';
import { ContactsService } from '../contacts.service.js';
import { Encounter, MOST_PEOPLE } from './encounter.entity.js';
import type { MetPerson } from './encounter.entity.js';
import { encounterEvents } from './encounter.events.js';
import type { CreateEncounterInput, UpdateEncounterInput } from './encounter.inputs.js';
import { linkPeople } from './encounters.sql.js';

type Logged = Pick<Encounter, 'id' | 'occurredOn'>;

/** Where people were met. */
@Injectable()
export class EncountersService extends ResourceService<CreateEncounterInput, UpdateEncounterInput> {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
  ) {
    super(database, Encounter, encounterEvents);
  }

  override async create(actor: Actor, input: CreateEncounterInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => tx.one(Encounter, await this.logIn(tx, input), view));
  }

  private async logIn(tx: Tx, input: CreateEncounterInput): Promise<string> {
    const { people: named = [] } = input;
    const people = await this.present(tx, named);
    const logged = await this.insertIn(tx, { ...input, people });
    await this.link(tx, logged, people);
    return logged.id;
  }

  /** Inside another transaction. The people may be contacts that are about to be made; they are linked afterwards. */
  async insertIn(tx: Tx, input: Partial<CreateEncounterInput>): Promise<Logged> {
    const { url = null, circleId = null } = input;
    const id = newId();
    const page = url === null ? null : forgePage(url);
    const kind = input.kind ?? page?.kind;
    const occurredOn = input.occurredOn ?? localDateOf(this.clock.now(), tx.actor.calendar.timeZone);
    if (circleId) await tx.linked(Circle, circleId, '/circleId');
    const values = { ...input, ...placeOf(page), id, kind, occurredOn };
    await tx.apply(inserted(Encounter, values, encounterEvents.created));
    return { id, occurredOn };
  }

  override async update(actor: Actor, id: string, input: UpdateEncounterInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const { url, people, circleId } = input;
      const before = await tx.find(Encounter, id);
      const there = people && (await this.present(tx, people, before.people));
      if (circleId) await tx.linked(Circle, circleId, '/circleId');
      const page = url === undefined ? {} : placeOf(url === null ? null : forgePage(url));
      await tx.apply(updated(Encounter, id, { ...input, ...page, people: there }, encounterEvents.updated));
      const { occurredOn = before.occurredOn } = input;
      await this.link(tx, { id, occurredOn }, there ?? before.people);
      if (occurredOn !== before.occurredOn) await this.contacts.moveMeetings(tx, { id, occurredOn });
      return tx.one(Encounter, id, view);
    });
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await tx.find(Encounter, id);
      await this.contacts.keepMeetings(tx, id);
      return (await tx.apply(removed(Encounter, id, encounterEvents.deleted))).json;
    });
  }

  /** Inside another transaction: somebody more was there, unless nobody more fits. Answers who is there then; the link is up to the caller. */
  async admitIn(tx: Tx, id: string, person: MetPerson): Promise<Logged & Pick<Encounter, 'people'>> {
    const { occurredOn, people } = await tx.find(Encounter, id);
    const isThere = people.some(({ contactId }) => contactId === person.contactId);
    if (isThere || people.length >= MOST_PEOPLE) return { id, occurredOn, people };
    const more = [...people, person];
    await tx.apply(updated(Encounter, id, { people: more }, encounterEvents.updated));
    return { id, occurredOn, people: more };
  }

  /** Brings the links to the people, who are contacts by now. */
  async link(tx: Tx, { id, occurredOn }: Logged, people: readonly MetPerson[]): Promise<void> {
    const ids = people.map(({ contactId }) => contactId);
    await tx.run(linkPeople(tx.actor.accountId, id, ids, occurredOn));
  }

  /**
   * The people as they are stored, if each is a contact and is named once. The contacts are locked. Who was there before stays, even in
   * the trash.
   */
  private async present(tx: Tx, people: readonly MetPerson[], before: readonly MetPerson[] = []): Promise<MetPerson[]> {
    const ids = people.map(({ contactId }) => contactId);
    const known = [...before.map(({ contactId }) => contactId), ...(await this.contactsOf(tx, ids))];
    const missing = people.flatMap(({ contactId }, at) => (known.includes(contactId) ? [] : [unknown(contactId, at)]));
    if (missing.length > 0)
      throw new Problem('unknown_reference', missing.map(({ detail }) => detail).join(' '), missing);
    const second = ids.findIndex((id, at) => ids.indexOf(id) !== at);
    if (second >= 0)
      throw Problem.field(`/people/${second}/contactId`, 'namedTwice', 'This contact is named before: name each once.');
    return people.map(({ contactId, role = null }) => ({ contactId, role }));
  }

  private async contactsOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
    return (await tx.select(Contact, { id: ids })).map(({ id }) => id);
  }
}

function unknown(id: string, at: number) {
  return {
    pointer: `/people/${at}/contactId`,
    code: 'unknownReference',
    detail: `There is no contact ${id} in this account.`,
  };
}

/** What the address says, or nothing. */
function placeOf(page: ReturnType<typeof forgePage>): Pick<Encounter, 'project' | 'number'> {
  return { project: page?.project ?? null, number: page?.number ?? null };
}
