import { Id, Nested, Period } from '../../platform/contract/fields.js';
import { partial, pick } from '../../platform/contract/recipes.js';
import { Input } from '../../platform/contract/shapes.js';
import { Recruiter } from './recruiter.entity.js';
import { RecruiterContact } from './recruiter-contact.js';

@Input('A new recruiter: a contact that is there already, or one to be made on the way.')
export class CreateRecruiterInput extends pick(Recruiter, ['kind', 'agency', 'specialities', 'notes']) {
  @Id({ nullable: true, description: 'The contact they are.' })
  contactId!: string | null;

  @Nested(() => RecruiterContact, {
    nullable: true,
    description: 'The contact to make, when there is none yet.',
    example: { name: 'Grace Hopper', emails: ['grace@example.org'] },
  })
  contact!: RecruiterContact | null;
}

@Input('What can be changed of a recruiter.')
export class UpdateRecruiterInput extends partial(
  pick(Recruiter, ['kind', 'agency', 'specialities', 'status', 'notes']),
) {}

@Input('"Not now, check back later."')
export class ParkRecruiterInput {
  @Period({
    nullable: true,
    description: "How long, by the calendar; the account's check-back period unless told.",
    example: 'P8M',
  })
  for?: string | null;
}
