import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import { WebhooksService } from '../webhooks.service.js';
import type { WebhookStatistics } from './statistics.shapes.js';
import { statisticsOf } from './statistics.sql.js';

const USUAL_MS = 7 * 86_400_000;

/** Statistics of endpoints. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksService,
    private readonly clock: Clock,
  ) {}

  /** By default, of the last seven days. */
  async of(actor: Actor, id: string, given: GivenArguments): Promise<WebhookStatistics> {
    const asked = new JudgedArguments(given, ['since']);
    const since = asked.instant('since') ?? new Date(this.clock.now().getTime() - USUAL_MS);
    asked.assertKept();
    await this.webhooks.assertThere(actor, id);
    const statement = statisticsOf(actor.accountId, id, since);
    const [found] = await this.database.read<Omit<WebhookStatistics, 'since'>>(actor, statement);
    if (!found) throw Problem.notFound('webhook', id);
    return { since, ...found };
  }
}
