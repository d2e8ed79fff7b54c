import { Controller, Get, Header, Headers } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Open } from '../auth/needs.js';
import { Metrics } from './metrics.js';

/** Protected by METRICS_TOKEN; keys of accounts have no access. */
@ApiExcludeController()
@Open()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  text(@Headers('authorization') authorization: string | undefined): Promise<string> {
    return this.metrics.text(authorization);
  }
}
