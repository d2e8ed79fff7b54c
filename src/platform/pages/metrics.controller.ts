import { Controller, Get, Header, Headers } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Open } from '../auth/needs.js';
import { Metrics } from './metrics.js';

/** Its key is not one of an account: METRICS_TOKEN opens it, and nothing else. */
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
