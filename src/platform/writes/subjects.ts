import { SetMetadata } from '@nestjs/common';
import type { Type } from '@nestjs/common';

/**
 * What a write changes, and so what its precondition is about: a resource by its id, in the trash or not, the account itself,
 * a resource by its external id, or nothing that exists yet.
 */
export type Subject =
  | { readonly by: 'id' | 'trashed id' | 'account' | 'name'; readonly type: Type<{ id: string }> }
  | { readonly by: 'nothing' };

export const SUBJECT = 'kith:subject';

/** The write changes the resource with the argument `id`. */
export const Concerns = (type: Type): MethodDecorator => bound({ by: 'id', type });

/** The write restores the resource with the argument `id`. */
export const ConcernsTrashed = (type: Type): MethodDecorator => bound({ by: 'trashed id', type });

/** The write changes the account of the caller. */
export const ConcernsAccount = (type: Type): MethodDecorator => bound({ by: 'account', type });

/** The write creates or changes the resource with the arguments `source` and `externalId`. */
export const ConcernsNamed = (type: Type): MethodDecorator => bound({ by: 'name', type });

/** The write creates something, or changes many things: no version exists yet that a precondition could name. */
export const ConcernsNothing = (): MethodDecorator => bound({ by: 'nothing' });

function bound(subject: Subject): MethodDecorator {
  return SetMetadata(SUBJECT, subject);
}
