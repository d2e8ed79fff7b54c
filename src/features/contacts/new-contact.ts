import { newId } from '../../kit/ids.js';
import type { AccountCalendar } from '../../platform/actor/actor.js';
import { nextTouch, rhythmOf } from './cadence.js';
import type { NextTouch } from './cadence.js';
import type { Contact } from './contact.entity.js';
import type { CreateContactInput } from './contact.inputs.js';

/** Only the name is required; the table has defaults for the rest. */
export type NewContact = Pick<CreateContactInput, 'name'> &
  Partial<CreateContactInput> &
  Partial<Pick<Contact, 'metOnFollows'>>;
export type WholeContact = NewContact & { readonly id: string } & ReturnType<typeof rhythmOf>;

/** The row of a new contact, with its next touch. */
export function newContact(
  input: NewContact,
  calendar: AccountCalendar,
  now: Date,
  id = newId(),
): { values: WholeContact; next: NextTouch | null } {
  const { keepInTouchEvery = null, tier = null, archived = false, doNotContact = false, metOn = null } = input;
  const touched = {
    keepInTouchEvery,
    tier,
    archived,
    doNotContact,
    metOn,
    lastTouchAt: null,
    touchWaivedAt: null,
    createdAt: now,
  };
  const next = nextTouch(touched, calendar);
  return { values: { ...input, id, ...rhythmOf(next) }, next };
}
