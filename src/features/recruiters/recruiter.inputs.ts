import { Id, Nested, Period } from '../../platform/contract/fields.js';
import { partial, pick } from '../../platform/contract/recipes.js';
import { Input } from '../../platform/contract/shapes.js';
import { Recruiter } from './recruiter.entity.js';
import { RecruiterContact } from './recruiter-contact.js';

@Input('A new recruiter: an existing contact, or a contact that is created with it.')
export class CreateRecruiterInput extends pick(Recruiter, ['kind', 'agency', 'specialities', 'notes']) {
  @Id({ nullable: true, description: 'The existing contact.' })
  contactId!: string | null;

  @Nested(() => RecruiterContact, {
    nullable: true,
    description: 'The contact to create, if there is none yet.',
    example: { name: 'Grace Hopper', emails: ['grace@example.org'] },
  })
  contact!: RecruiterContact | null;
}

@Input('A change of a recruiter.')
export class UpdateRecruiterInput extends partial(
  pick(Recruiter, ['kind', 'agency', 'specialities', 'status', 'notes']),
) {}

@Input('"Not now, check back later."')
export class ParkRecruiterInput {
  @Period({
    nullable: true,
    description:
      "How long, an ISO 8601 period; default until the account's `openFrom`, if that lies ahead, else its `checkBackPeriod`.",
    example: 'P8M',
  })
  for?: string | null;
}
