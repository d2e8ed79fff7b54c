import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { OUTBOX } from '../../../platform/database/topics.js';
import type { Statement } from '../../../platform/database/tx.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { StatusBoard } from '../../../platform/pages/status-board.js';
import { DELIVERIES } from '../webhook.topics.js';
import { Abandoned } from './abandoned.js';
import { deliveriesWaiting, eventsWaiting } from './backlog.sql.js';
import { Deliverer } from './deliverer.js';
import { FanOut } from './fan-out.js';
import { FAN_OUT } from './fan-out.sql.js';

/** The worker's jobs: events become deliveries, and deliveries are sent. */
@Injectable()
export class WebhookJobs implements OnModuleInit {
  constructor(
    private readonly ticker: Ticker,
    private readonly fanOut: FanOut,
    private readonly deliverer: Deliverer,
    private readonly abandoned: Abandoned,
    private readonly database: Database,
    private readonly board: StatusBoard,
  ) {}

  onModuleInit(): void {
    this.ticker.add({ name: FAN_OUT, topic: OUTBOX, run: () => this.spread() });
    // Polls alone: to be woken by every event would cost those who have no such filter.
    this.ticker.add({ name: 'fan out costly filters', run: () => this.spreadCostly() });
    this.ticker.add({ name: 'deliver', topic: DELIVERIES, run: () => this.deliver() });
    this.watch('kith_outbox_events', 'Events to fan out', eventsWaiting());
    this.watch('kith_deliveries_pending', 'Deliveries waiting', deliveriesWaiting());
  }

  private watch(name: string, label: string, statement: Statement): void {
    const read = async (): Promise<number> =>
      (await this.database.system<{ waiting: number }>(statement))[0]?.waiting ?? 0;
    this.board.teach({ name, label, read });
  }

  private async spread(): Promise<'again' | null> {
    return (await this.fanOut.fanOut()) ? 'again' : null;
  }

  private async spreadCostly(): Promise<'again' | null> {
    return (await this.fanOut.fanOutCostly()) ? 'again' : null;
  }

  /** Nothing is cancelled while there is something to send. */
  private async deliver(): Promise<'again' | Date | null> {
    const claimed = await this.deliverer.deliverDue();
    if (claimed === 0 && (await this.abandoned.cancel()) > 0) return 'again';
    return this.deliverer.isHungry ? 'again' : this.deliverer.nextTurn;
  }
}
