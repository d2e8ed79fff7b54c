import { Injectable } from '@nestjs/common';
import { newId } from '../../../../kit/ids.js';
import { localDateOf } from '../../../../kit/instants.js';
import type { Actor } from '../../../../platform/actor/actor.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { Database } from '../../../../platform/database/database.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { isReachable } from '../../cadence.js';
import { Contact } from '../../contact.entity.js';
import { ContactsService } from '../../contacts.service.js';
import { EncountersService } from '../../encounters/encounters.service.js';
import { FollowUpsService } from '../../encounters/wrap-up/follow-ups.service.js';
import { Removal } from '../../erasing/removal.service.js';
import { importLock } from '../../imports/matching/known.sql.js';
import { loggedAmong, nameMessages } from '../../imports/matching/messages.sql.js';
import { bounded } from '../../imports/reading/clean-text.js';
import { InteractionsService } from '../../interactions/interactions.service.js';
import type { OpenedHook } from '../github-hooks.sql.js';
import { contactWithProfile, encounterAt } from './dealings.sql.js';
import type { Profiled } from './dealings.sql.js';
import type { Dealing } from './dealing.js';

/** Whoever the other one is: a contact, or one that is about to be. */
interface Other {
  readonly id: string;
  readonly name: string;
  /** Null for somebody new. */
  readonly contact: Contact | null;
}

/** What became of a delivery. */
export type Outcome = 'logged' | 'known' | 'stranger';

const SOURCE = 'github';
const LONGEST_TITLE = 200;

/** Logs what somebody did with you at GitHub: the interaction, the encounter of the pull request, the contact, and a reminder to thank for a merge. */
@Injectable()
export class DealingsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly encounters: EncountersService,
    private readonly interactions: InteractionsService,
    private readonly followUps: FollowUpsService,
    private readonly removal: Removal,
  ) {}

  /** Everything in one transaction, one at a time in an account: two deliveries at once would both find nobody. */
  log(actor: Actor, { addsContacts }: OpenedHook, dealing: Dealing, delivery: string): Promise<Outcome> {
    const { accountId } = actor;
    const names = [dealing.key, `delivery ${delivery}`];
    return this.database.write(actor, async (tx) => {
      await tx.run(importLock(accountId));
      if ((await tx.run(loggedAmong(accountId, SOURCE, names))).length > 0) return 'known';
      const other = await this.recognise(tx, dealing, addsContacts);
      if (!other) return 'stranger';
      const encounterId = await this.meet(tx, dealing, other);
      const id = await this.interact(tx, dealing, other);
      await tx.run(
        nameMessages(
          accountId,
          SOURCE,
          names.map((externalId) => ({ externalId, id })),
        ),
      );
      const isOpen = other.contact === null || isReachable(other.contact);
      if (dealing.thanks && isOpen) await this.followUps.thank(tx, encounterId, other, nameOf(dealing));
      return 'logged';
    });
  }

  /** Null for somebody who should be nobody here: in the trash, gone for good, or unknown while nobody is added. */
  private async recognise(tx: Tx, { other: { login } }: Dealing, addsContacts: boolean): Promise<Other | null> {
    const handle = `github:${login.toLowerCase()}`;
    const [found] = await tx.run<Profiled>(contactWithProfile(tx.actor.accountId, handle));
    if (found?.isDeleted) return null;
    const [contact] = found ? await tx.select(Contact, { id: found.id }) : [];
    if (contact) return { id: contact.id, name: contact.name, contact };
    const person = { emails: [], phones: [], slugs: [], names: [], handles: [handle] };
    const isGone = (await this.removal.goneAmong(tx, [person])).has(0);
    return isGone || !addsContacts ? null : { id: newId(), name: login, contact: null };
  }

  /** The encounter of the pull request, to which whoever has part in it comes once. */
  private async meet(tx: Tx, dealing: Dealing, { id, name, contact }: Other): Promise<string> {
    const person = { contactId: id, role: dealing.other.role };
    const [known] = await tx.run<{ id: string }>(encounterAt(tx.actor.accountId, dealing.page));
    const logged = known ? await this.encounters.admitIn(tx, known.id, person) : await this.begin(tx, dealing, person);
    if (!contact) {
      const isThere = logged.people.some(({ contactId }) => contactId === id);
      const links = [{ kind: 'github' as const, value: `https://github.com/${name}` }];
      const met = isThere ? { encounterId: logged.id } : {};
      await this.contacts.createIn(tx, { name, relation: dealing.other.relation, links, ...met }, id);
    }
    await this.encounters.link(tx, logged, logged.people);
    return logged.id;
  }

  private async begin(tx: Tx, dealing: Dealing, person: { contactId: string; role: Dealing['other']['role'] }) {
    const { page, title, myRole } = dealing;
    const people = [person];
    const occurredOn = localDateOf(this.timeOf(dealing), tx.actor.calendar.timeZone);
    const input = { url: page.url, title: bounded(title, LONGEST_TITLE), occurredOn, myRole, people };
    return { ...(await this.encounters.insertIn(tx, input)), people };
  }

  private interact(tx: Tx, dealing: Dealing, { id }: Other): Promise<string> {
    const title = bounded(dealing.title, LONGEST_TITLE);
    const about = title === null ? nameOf(dealing) : `${title} (${nameOf(dealing)})`;
    return this.interactions.logIn(tx, {
      contactIds: [id],
      occurredAt: this.timeOf(dealing),
      channel: dealing.page.kind === 'pull_request' ? 'code_review' : 'message',
      direction: dealing.direction,
      summary: `${dealing.what}: ${about}\n${dealing.key}`,
      countsAsTouch: true,
    });
  }

  /** The clock of GitHub may be ahead. */
  private timeOf({ at }: Dealing): Date {
    const now = this.clock.now();
    return at > now ? now : at;
  }
}

/** `fastify/fastify#4711` */
function nameOf({ page: { project, number } }: Dealing): string {
  return `${project}#${number}`;
}
