import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Open } from '../auth/needs.js';
import { Health } from './health.js';

/** What a healthy program answers. */
const OK = { type: 'object', required: ['status'], properties: { status: { type: 'string', enum: ['ok'] } } };

@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The process answers. */
  @Get('live')
  @Open()
  @ApiOperation({ operationId: 'live', summary: 'Whether the process answers.', description: 'For a liveness probe.' })
  @ApiResponse({ status: 200, description: 'It does.', schema: OK })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers. */
  @Get('ready')
  @Open()
  @ApiOperation({
    operationId: 'ready',
    summary: 'Whether the database answers.',
    description: 'For a readiness probe.',
  })
  @ApiResponse({ status: 200, description: 'It does.', schema: OK })
  @ApiResponse({ status: 503 })
  ready(): Promise<{ status: 'ok' }> {
    return this.health.ready();
  }
}
