import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { Deliverer } from './deliverer.js';
import { FanOut } from './fan-out.js';

/** The worker's timetable: events become deliveries, deliveries are sent. */
@Injectable()
export class WebhookJobs implements OnModuleInit {
  constructor(
    private readonly ticker: Ticker,
    private readonly fanOut: FanOut,
    private readonly deliverer: Deliverer,
  ) {}

  onModuleInit(): void {
    this.ticker.add({ name: 'fan out', topic: 'outbox', run: () => this.spread() });
    this.ticker.add({ name: 'deliver', topic: 'deliveries', run: () => this.deliver() });
  }

  private async spread(): Promise<'again' | null> {
    return (await this.fanOut.fanOut()) ? 'again' : null;
  }

  /** While there is something to send, nothing is cancelled. */
  private async deliver(): Promise<'again' | null> {
    const claimed = await this.deliverer.deliverDue();
    if (claimed === 0 && (await this.deliverer.cancelAbandoned()) > 0) return 'again';
    return this.deliverer.isHungry ? 'again' : null;
  }
}
