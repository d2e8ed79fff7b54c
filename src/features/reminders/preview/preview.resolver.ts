import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { InstantScalar } from '../../../platform/contract/kinds/instant.js';
import { ReminderPreview } from './preview.shapes.js';
import { PreviewService } from './preview.service.js';

const optional = (description: string) => ({ type: () => InstantScalar, nullable: true, description });

@Resolver()
export class PreviewResolver {
  constructor(private readonly previews: PreviewService) {}

  @Query(() => ReminderPreview, {
    name: 'reminderPreview',
    description: 'Show the events that reminders will cause between two times. Nothing rings. Scope: `reminders:read`.',
  })
  @Needs('reminders:read')
  between(
    @Caller() actor: Actor,
    @Args('from', optional('The start. Default: now.')) from: string | null,
    @Args('to', optional('The end, at most 366 days after the start. Default: 30 days after it.')) to: string | null,
  ): Promise<ReminderPreview> {
    return this.previews.between(actor, { from, to });
  }
}
