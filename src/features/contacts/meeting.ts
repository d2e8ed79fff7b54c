import type { Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import { isFull } from '../../platform/database/at-most.js';
import { Contact } from './contact.entity.js';
import { countMet } from './contacts.sql.js';
import { Encounter } from './encounters/encounter.entity.js';
import type { UpdateContactInput } from './contact.inputs.js';

type Told = Pick<UpdateContactInput, 'encounterId' | 'metThroughId' | 'metOn'>;
type Day = Partial<Pick<Contact, 'metOn' | 'metOnPrecision' | 'metOnFollows'>>;

/** So many contacts can have been met at one encounter. */
const MOST_MET = 500;

/** Whether an input says more about the meeting than plain values. */
export function isLinked({ encounterId, metThroughId }: Told): boolean {
  return Boolean(encounterId ?? metThroughId);
}

/** The day of meeting after a change, or of a new contact: the one that is given, else that of the encounter, if there is one. */
export async function meetingOf(tx: Tx, before: Contact | null, told: Told): Promise<Day> {
  await checkThrough(tx, before, told);
  const { encounterId = before?.encounterId ?? null, metOn } = told;
  if (told.encounterId === undefined && metOn === undefined) return {};
  const encounter = encounterId === null ? null : await tx.linked(Encounter, encounterId, '/encounterId');
  if (encounter && encounter.id !== before?.encounterId) await checkRoom(tx, encounter);
  if (metOn) return { metOnFollows: false };
  const isOpen = metOn === null || before === null || before.metOn === null || before.metOnFollows;
  if (encounter && isOpen) return dayOf(encounter);
  return before?.metOnFollows ? { metOn: null, metOnFollows: false } : {};
}

/** Their days move with that of the encounter, in one transaction: so there is a bound. */
async function checkRoom(tx: Tx, { id }: Encounter): Promise<void> {
  if (!(await isFull(tx, countMet(tx.actor.accountId, id, MOST_MET), MOST_MET))) return;
  const detail = `At most ${MOST_MET} contacts name the same encounter as how you met: log another one, such as a day of the conference.`;
  throw Problem.field('/encounterId', 'tooManyMet', detail);
}

/** The day of meeting that an encounter gives. */
export function dayOf({ occurredOn }: Pick<Encounter, 'occurredOn'>): Day {
  return { metOn: occurredOn, metOnPrecision: 'day', metOnFollows: true };
}

async function checkThrough(tx: Tx, before: Contact | null, { metThroughId }: Told): Promise<void> {
  if (!metThroughId) return;
  if (metThroughId === before?.id)
    throw Problem.field('/metThroughId', 'notItself', 'Nobody is met through themselves: name another contact.');
  await tx.linked(Contact, metThroughId, '/metThroughId');
}
