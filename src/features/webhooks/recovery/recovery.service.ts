import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import { DELIVERIES } from '../webhook.topics.js';
import { WebhooksService, activeWebhook } from '../webhooks.service.js';
import type { RecoverWebhookInput, WebhookRecovery } from './recovery.shapes.js';
import { countLost, recoverLost } from './recovery.sql.js';
import type { Window } from './recovery.sql.js';

const EVER = new Date(0);

/** Sends what an endpoint did not get: deliveries that failed, and events from when it was paused or disabled. */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** How many since a time, or of all that are kept. */
  async count(actor: Actor, id: string, given: GivenArguments): Promise<WebhookRecovery> {
    const asked = new JudgedArguments(given, ['since', 'until']);
    const [since, until] = [asked.instant('since') ?? EVER, asked.instant('until')];
    if (until && until <= since) asked.refuse('until', 'isAfter', 'must be after since');
    asked.assertKept();
    await this.webhooks.assertThere(actor, id);
    const statement = countLost(this.window(actor, id, since, until));
    return found(await this.database.read<WebhookRecovery>(actor, statement));
  }

  /** A failed delivery keeps its `webhook-id`. */
  async recover(actor: Actor, id: string, { since, until = null }: RecoverWebhookInput): Promise<WebhookRecovery> {
    if (until && until <= since) throw Problem.field('/until', 'isAfter', 'until must be after since.');
    return this.database.write(actor, async (tx) => {
      await activeWebhook(tx, id);
      tx.wake(DELIVERIES);
      return found(await tx.run<WebhookRecovery>(recoverLost(this.window(actor, id, since, until))));
    });
  }

  private window({ accountId }: Actor, webhookId: string, since: Date, until: Date | null): Window {
    const { retentionDays } = this.config.webhooks;
    return { accountId, webhookId, since, until, retentionDays, now: this.clock.forSql() };
  }
}

function found([answer]: readonly WebhookRecovery[]): WebhookRecovery {
  return answer ?? { count: 0, failed: 0, missed: 0, hasMore: false };
}
