import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import { SelectedObject } from '../../platform/resources/selection.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ArgId, ArgInput, Mutates } from '../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../platform/resources/graphql-face.js';
import { Recruiter } from './recruiter.entity.js';
import { CreateRecruiterInput, ParkRecruiterInput, UpdateRecruiterInput } from './recruiter.inputs.js';
import { LogReturnInput } from './promises/check-back.inputs.js';
import { CheckBacksService } from './promises/check-backs.service.js';
import { RecruitersService } from './recruiters.service.js';

const offered = { create: CreateRecruiterInput, update: UpdateRecruiterInput, remove: true };

@Resolver(() => Recruiter)
export class RecruitersResolver extends graphqlOf(Recruiter, offered) {
  constructor(
    private readonly recruiters: RecruitersService,
    private readonly checkBacks: CheckBacksService,
  ) {
    super(recruiters);
  }

  @Mutates(Recruiter, {
    name: 'parkRecruiter',
    needs: 'recruiters:write',
    description: 'Park a recruiter: not now, check back later.',
  })
  park(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(ParkRecruiterInput, { optional: true }) input: ParkRecruiterInput,
    @SelectedObject(Recruiter) view: ObjectView,
  ): Promise<JsonText> {
    return this.recruiters.park(actor, id, input, view);
  }

  @Mutates(Recruiter, {
    name: 'logReturn',
    needs: 'recruiters:write',
    description: 'Note that a recruiter came back: what settles check-backs, also those of colleagues.',
  })
  logReturn(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(LogReturnInput, { optional: true }) input: LogReturnInput,
    @SelectedObject(Recruiter) view: ObjectView,
  ): Promise<JsonText> {
    return this.checkBacks.logReturn(actor, id, input, view);
  }
}
