import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { Acts, PathId } from '../../platform/resources/answers.js';
import { restOf } from '../../platform/resources/rest-face.js';
import { SeenObject } from '../../platform/resources/rest-view.js';
import { Recruiter } from './recruiter.entity.js';
import { CreateRecruiterInput, ParkRecruiterInput, UpdateRecruiterInput } from './recruiter.inputs.js';
import { LogReturnInput } from './promises/check-back.inputs.js';
import { CheckBacksService } from './promises/check-backs.service.js';
import { RecruitersService } from './recruiters.service.js';

const offered = { create: CreateRecruiterInput, update: UpdateRecruiterInput, remove: true };

@ApiTags('Recruiters')
@Controller('v1/recruiters')
export class RecruitersController extends restOf(Recruiter, offered) {
  constructor(
    private readonly recruiters: RecruitersService,
    private readonly checkBacks: CheckBacksService,
  ) {
    super(recruiters);
  }

  @Acts(Recruiter, ParkRecruiterInput, {
    path: ':id/parking',
    needs: 'recruiters:write',
    operation: 'parkRecruiter',
    summary: 'Park a recruiter: not now, check back later.',
  })
  park(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: ParkRecruiterInput,
    @SeenObject(Recruiter) view: ObjectView,
  ): Promise<JsonText> {
    return this.recruiters.park(actor, id, input, view);
  }

  @Acts(Recruiter, LogReturnInput, {
    path: ':id/return',
    needs: 'recruiters:write',
    operation: 'logReturn',
    summary: 'Note that a recruiter came back: what settles check-backs, also those of colleagues.',
  })
  logReturn(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: LogReturnInput,
    @SeenObject(Recruiter) view: ObjectView,
  ): Promise<JsonText> {
    return this.checkBacks.logReturn(actor, id, input, view);
  }
}
