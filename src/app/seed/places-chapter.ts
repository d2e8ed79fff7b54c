import { CreateCircleInput } from '../../features/contacts/circles/circle.inputs.js';
import { CirclesService } from '../../features/contacts/circles/circles.service.js';
import { CreateEmploymentInput } from '../../features/contacts/employments/employment.inputs.js';
import { EmploymentsService } from '../../features/contacts/employments/employments.service.js';
import { CreateEncounterInput, UpdateEncounterInput } from '../../features/contacts/encounters/encounter.inputs.js';
import { EncountersService } from '../../features/contacts/encounters/encounters.service.js';
import { WrapUpService } from '../../features/contacts/encounters/wrap-up/wrap-up.service.js';
import { WrapUpEncounterInput } from '../../features/contacts/encounters/wrap-up/wrap-up.shapes.js';
import { OWN_JOBS } from './companies.js';
import type { Days } from './days.js';
import { CIRCLES, GATHERINGS } from './gatherings.js';
import type { Known } from './known.js';
import type { Pen } from './pen.js';
import type { Person } from './person.js';
import type { Guest } from './story.js';

/** Your jobs, the circles, and where people were met; who was there comes with the people. */
export function writePlaces(pen: Pen, known: Known, days: Days): Promise<void> {
  return pen.together(async (together) => {
    for (const { from, to, ...job } of OWN_JOBS) {
      const period = { startedOn: days.ago(from), endedOn: to === null ? null : days.ago(to) };
      await together.make(EmploymentsService, CreateEmploymentInput, { mine: true, ...job, ...period });
    }
    for (const circle of CIRCLES)
      known.add(circle.name, await together.make(CirclesService, CreateCircleInput, circle));
    for (const { daysAgo, circle, ...gathering } of GATHERINGS) {
      const where = { occurredOn: days.ago(daysAgo), circleId: circle === null ? null : known.id(circle) };
      known.add(
        gathering.title,
        await together.make(EncountersService, CreateEncounterInput, { ...gathering, ...where }),
      );
    }
  });
}

/** Everybody who was met at an encounter was there. */
export function writeWhoWasThere(pen: Pen, known: Known, people: readonly Person[]): Promise<void> {
  return pen.together(async (together) => {
    for (const { title } of GATHERINGS) {
      const there = people.filter(({ gathering }) => gathering === title).map(({ contact }) => known.id(contact.name));
      const named = there.map((contactId) => ({ contactId }));
      await together.change(EncountersService, UpdateEncounterInput, { id: known.id(title), people: named });
    }
  });
}

/** Yesterday's meetup, wrapped up: whom to follow up with in the next days. */
export async function wrapUpYesterday(pen: Pen, known: Known, days: Days, guests: readonly Guest[]): Promise<void> {
  const people = [{ contactId: known.id('Bram Achterveld'), role: 'speaker' }, ...guests];
  const [title, circleId] = ['Rust Lunch, live', known.id('Rust Lunch')];
  const body = { kind: 'meetup', title, circleId, occurredOn: days.ago(1), place: 'Berlin', people };
  await pen.ask(WrapUpService, [WrapUpEncounterInput, body], (service, actor, input) => service.wrapUp(actor, input));
}
