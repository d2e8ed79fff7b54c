import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { Acts, PathId } from '../../../platform/resources/answers.js';
import { restOf } from '../../../platform/resources/rest-face.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { CheckBack } from './check-back.entity.js';
import { CheckBacksService } from './check-backs.service.js';

@ApiTags('Recruiters')
@Controller('v1/checkBacks')
export class CheckBacksController extends restOf(CheckBack, { scope: 'recruiters' }) {
  constructor(private readonly checkBacks: CheckBacksService) {
    super(checkBacks);
  }

  @Acts(CheckBack, null, {
    path: ':id/reversal',
    needs: 'recruiters:write',
    operation: 'reverseReturn',
    summary: 'Take back the return that made a check-back kept or early.',
  })
  reverse(@Caller() actor: Actor, @PathId() id: string, @SeenObject(CheckBack) view: ObjectView): Promise<JsonText> {
    return this.checkBacks.reverse(actor, id, view);
  }
}
