import { CreateContactInput, UpdateContactInput } from '../../features/contacts/contact.inputs.js';
import { ContactsService } from '../../features/contacts/contacts.service.js';
import { CreateMembershipInput } from '../../features/contacts/circles/circle.inputs.js';
import { MembershipsService } from '../../features/contacts/circles/memberships.service.js';
import { CreateEmploymentInput } from '../../features/contacts/employments/employment.inputs.js';
import { EmploymentsService } from '../../features/contacts/employments/employments.service.js';
import { CreateFavourInput } from '../../features/contacts/favours/favour.inputs.js';
import { FavoursService } from '../../features/contacts/favours/favours.service.js';
import type { Known } from './known.js';
import type { Pen } from './pen.js';
import type { Person } from './person.js';

/** So many people are written in one transaction: nobody waits for it for long. */
const AT_ONCE = 10;

/** @param tell is called with the number of people that are there */
export async function writePeople(
  pen: Pen,
  known: Known,
  people: readonly Person[],
  tell: (done: number) => void,
): Promise<void> {
  for (let at = 0; at < people.length; at += AT_ONCE) {
    const some = people.slice(at, at + AT_ONCE);
    await pen.together(async (together) => {
      for (const person of some) await writePerson(together, known, person);
    });
    tell(at + some.length);
  }
}

async function writePerson(pen: Pen, known: Known, person: Person): Promise<void> {
  const { gathering, through } = person;
  const contactId = await pen.make(ContactsService, CreateContactInput, {
    ...person.contact,
    ...(gathering ? { encounterId: known.id(gathering) } : {}),
    ...(through ? { metThroughId: known.id(through) } : {}),
  });
  known.add(person.contact.name, contactId);
  await pen.log(contactId, person.touches);
  for (const job of person.jobs) await pen.make(EmploymentsService, CreateEmploymentInput, { ...job, contactId });
  for (const { circle, ...there } of person.circles)
    await pen.make(MembershipsService, CreateMembershipInput, { ...there, contactId, circleId: known.id(circle) });
  for (const favour of person.favours) await pen.make(FavoursService, CreateFavourInput, { ...favour, contactId });
  if (Object.keys(person.rhythm).length > 0)
    await pen.change(ContactsService, UpdateContactInput, { id: contactId, ...person.rhythm });
}
