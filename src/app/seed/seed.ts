import type { INestApplicationContext } from '@nestjs/common';
import { InstallationService } from '../../features/accounts/installation.service.js';
import { UpdateContactInput } from '../../features/contacts/contact.inputs.js';
import { ContactsService } from '../../features/contacts/contacts.service.js';
import { MergeContactsInput } from '../../features/contacts/merging/merge.inputs.js';
import { MergesService } from '../../features/contacts/merging/merges.service.js';
import { Layout } from '../../features/transfers/layout.service.js';
import { firstFilled } from '../../features/transfers/rows.sql.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Problem } from '../../platform/errors/problem.js';
import { MERGED, MOVER } from './cast.js';
import { Days } from './days.js';
import { Known } from './known.js';
import { ID, Pen } from './pen.js';
import { writePeople } from './people-chapter.js';
import { wrapUpYesterday, writePlaces, writeWhoWasThere } from './places-chapter.js';
import { storyOf } from './story.js';
import { summaryOf } from './summary.js';
import { writeInterviews, writeRecruiters, writeReminders } from './work-chapter.js';

/** What is seeded, into which account. */
interface Wish {
  readonly account: string | null;
  /** The same number makes the same account. */
  readonly number: number;
  readonly say: (line: string) => void;
  /** How many of the people are there. */
  readonly show: (done: number, total: number) => void;
}

/**
 * Fills an empty account with two years of a career that nobody had: the examples of the documentation are taken from it.
 *
 * @throws Problem `conflict` when the account has rows
 */
export async function seed(app: INestApplicationContext, { account, number, say, show }: Wish): Promise<void> {
  const actor = await app.get(InstallationService).operatorOf(account);
  await refuseFilled(app, actor);
  const days = new Days(app.get(Clock).now(), actor.calendar);
  const story = storyOf(number, days);
  const [pen, known] = [new Pen(app, actor), new Known()];
  await writePlaces(pen, known, days);
  await writePeople(pen, known, story.people, (done) => show(done, story.people.length));
  await writeWhoWasThere(pen, known, story.people);
  await writeRecruiters(pen, story.recruiters);
  await writeInterviews(pen, days);
  await writeReminders(pen, known, days);
  await wrapUpYesterday(pen, known, days, story.guests);
  await changeJobs(pen, known);
  await mergeTwo(pen, known);
  for (const line of summaryOf(number, story)) say(line);
}

async function refuseFilled(app: INestApplicationContext, actor: Actor): Promise<void> {
  const tables = await app.get(Layout).tables();
  const [filled] = await app.get(Database).read<{ name: string }>(actor, firstFilled(actor.accountId, tables));
  if (!filled) return;
  const detail = `The account ${actor.accountId} is not empty: it has a row of ${filled.name}. The seed goes into an empty account. Make one with: kith accounts create --name NAME, and name its id: kith seed ACCOUNT`;
  throw new Problem('conflict', detail);
}

async function changeJobs(pen: Pen, known: Known): Promise<void> {
  const { name, ...job } = MOVER;
  await pen.change(ContactsService, UpdateContactInput, { id: known.id(name), ...job });
}

async function mergeTwo(pen: Pen, known: Known): Promise<void> {
  const [kept, contactId] = [known.id(MERGED.kept), known.id(MERGED.gone)];
  await pen.ask(MergesService, [MergeContactsInput, { contactId }], (service, actor, input) =>
    service.merge(actor, kept, input, ID),
  );
}
