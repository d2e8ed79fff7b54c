import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Open } from '../auth/needs.js';
import { Health } from './health.js';

@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The process answers. */
  @Get('live')
  @Open()
  @ApiOperation({ operationId: 'live', summary: 'Does the process answer?' })
  @ApiResponse({ status: 200, description: 'It does.' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers. */
  @Get('ready')
  @Open()
  @ApiOperation({ operationId: 'ready', summary: 'Does the database answer?' })
  @ApiResponse({ status: 200, description: 'It does.' })
  @ApiResponse({ status: 503, description: 'It does not, at the moment.' })
  ready(): Promise<{ status: 'ok' }> {
    return this.health.ready();
  }
}
