import { Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { JsonScalar } from '../../../platform/contract/kinds/json.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, ArgInput, Mutates } from '../../../platform/resources/graphql-answers.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import { Contact } from '../contact.entity.js';
import { EraseContactInput } from './erasure.inputs.js';
import { Erasure } from './erasure.entity.js';
import { ErasuresService } from './erasures.service.js';

@Resolver(() => Erasure)
export class ErasuresResolver {
  constructor(private readonly erasures: ErasuresService) {}

  @Query(() => JsonScalar, {
    name: 'personalData',
    nullable: true,
    description: 'Read everything that is held on one person. Scope: `transfers:read`.',
  })
  @Needs('transfers:read')
  personalData(@Caller() actor: Actor, @ArgId() id: string): Promise<JsonText> {
    return this.erasures.personalData(actor, id);
  }

  @Mutates(Erasure, {
    name: 'eraseContact',
    needs: 'contacts:write',
    of: Contact,
    description: 'Erase a person: the contact, what hangs on it, and every copy. It cannot be undone.',
  })
  erase(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(EraseContactInput) input: EraseContactInput,
    @SelectedObject(Erasure) view: ObjectView,
  ): Promise<JsonText> {
    return this.erasures.erase(actor, id, input, view);
  }
}
