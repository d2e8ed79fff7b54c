import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { ReadsShape } from '../../../platform/resources/answers.js';
import { ReminderPreview } from './preview.shapes.js';
import { PreviewService } from './preview.service.js';

const FROM = { name: 'from', description: 'The start. Default: now.', format: 'date-time' } as const;
const TO = {
  name: 'to',
  description: 'The end, at most 366 days after the start. Default: 30 days after it.',
  format: 'date-time',
} as const;

@ApiTags('Reminders')
@Controller('v1/reminders/preview')
export class PreviewController {
  constructor(private readonly previews: PreviewService) {}

  @ReadsShape(ReminderPreview, [FROM, TO], {
    needs: 'reminders:read',
    operation: 'getReminderPreview',
    summary: 'Show what reminders will tell between two times; nothing rings.',
  })
  between(@Caller() actor: Actor, @Query() query: Record<string, unknown>): Promise<ReminderPreview> {
    return this.previews.between(actor, query);
  }
}
