import type { CreateContactInput } from '../../features/contacts/contact.inputs.js';
import type { CreateInteractionInput } from '../../features/contacts/interactions/interaction.inputs.js';
import type { CreateFavourInput } from '../../features/contacts/favours/favour.inputs.js';
import type { CreateEmploymentInput } from '../../features/contacts/employments/employment.inputs.js';

/** What a caller may send: times are texts in a body. */
type BodyOf<Input, Times extends keyof Input = never> = Partial<Omit<Input, Times>> & Partial<Record<Times, string>>;

export type ContactBody = BodyOf<CreateContactInput> & Pick<CreateContactInput, 'name'>;
export type TouchBody = BodyOf<CreateInteractionInput, 'occurredAt'>;

/** A person of the seed: the contact, and everything that hangs on it. Others are named, because ids come when they are written. */
export interface Person {
  readonly contact: ContactBody;
  /** How often to be in touch: set when the touches are logged, so that nothing rings that was answered long ago. */
  readonly rhythm: Pick<ContactBody, 'tier' | 'keepInTouchEvery'>;
  /** The title of the encounter at which they were met. */
  readonly gathering?: string;
  /** The name of the contact through whom they were met. */
  readonly through?: string;
  readonly touches: readonly TouchBody[];
  readonly jobs: readonly BodyOf<CreateEmploymentInput>[];
  /** The names of circles, and what they are called there. */
  readonly circles: readonly { readonly circle: string; readonly handle: string; readonly since: string }[];
  readonly favours: readonly BodyOf<CreateFavourInput>[];
}
