import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, Mutates } from '../../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../../platform/resources/graphql-face.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import { CheckBack } from './check-back.entity.js';
import { CheckBacksService } from './check-backs.service.js';

@Resolver(() => CheckBack)
export class CheckBacksResolver extends graphqlOf(CheckBack, { scope: 'recruiters' }) {
  constructor(private readonly checkBacks: CheckBacksService) {
    super(checkBacks);
  }

  @Mutates(CheckBack, {
    name: 'reverseReturn',
    needs: 'recruiters:write',
    description: 'Take back the return that made a check-back kept or early.',
  })
  reverse(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(CheckBack) view: ObjectView): Promise<JsonText> {
    return this.checkBacks.reverse(actor, id, view);
  }
}
