import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import { DELIVERIES } from '../webhook.topics.js';
import { WebhooksService, activeWebhook } from '../webhooks.service.js';
import { MOST_RECOVERED } from './recovery.shapes.js';
import type { RecoverWebhookInput, WebhookRecovery } from './recovery.shapes.js';
import { countFailed, resendFailed } from './recovery.sql.js';

const EVER = new Date(0);

/** Sends failed deliveries again, after a receiver had an outage. */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksService,
    private readonly clock: Clock,
  ) {}

  /** How many deliveries failed since a time, or of all that are kept. */
  async count(actor: Actor, id: string, given: GivenArguments): Promise<WebhookRecovery> {
    const asked = new JudgedArguments(given, ['since', 'until']);
    const [since, until] = [asked.instant('since') ?? EVER, asked.instant('until')];
    if (until && until <= since) asked.refuse('until', 'isAfter', 'must be after since');
    asked.assertKept();
    await this.webhooks.assertThere(actor, id);
    const failed = { accountId: actor.accountId, webhookId: id, since, until };
    const [found] = await this.database.read<{ count: number }>(actor, countFailed(failed));
    const count = found?.count ?? 0;
    return { count, hasMore: count > MOST_RECOVERED };
  }

  /** Each is sent again with its own `webhook-id`. */
  async recover(actor: Actor, id: string, { since, until = null }: RecoverWebhookInput): Promise<WebhookRecovery> {
    if (until && until <= since) throw Problem.field('/until', 'isAfter', 'until must be after since.');
    const failed = { accountId: actor.accountId, webhookId: id, since, until };
    const [done] = await this.database.write(actor, async (tx) => {
      await activeWebhook(tx, id);
      tx.wake(DELIVERIES);
      return tx.run<WebhookRecovery>(resendFailed(failed, this.clock.forSql()));
    });
    return done ?? { count: 0, hasMore: false };
  }
}
