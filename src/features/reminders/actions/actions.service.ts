import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { RateLimits } from '../../../platform/auth/rate-limits.js';
import type { Reply } from '../../../platform/auth/request.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { InstallationService } from '../../accounts/installation.service.js';
import { AnswersService } from '../answering/answers.service.js';
import { kindOf } from '../kinds.service.js';
import type { Occurrence } from '../occurrence.entity.js';
import { ANSWERS, ActionLinks } from './action-links.js';
import type { Addressed } from './action-token.js';
import { ringOfLink } from './actions.sql.js';
import type { LinkedRing } from './actions.sql.js';
import { ringActions } from './ring-actions.js';
import type { RingAction } from './ring-actions.js';

/** A link that somebody opened: the current ring, and what the link would do. */
export interface Followed {
  readonly ring: LinkedRing;
  readonly action: RingAction;
  readonly accountId: string;
  readonly expiresAt: Date;
}

/** The two parts of the path. */
export interface Link {
  readonly token: string;
  readonly name: string;
}

/** Shows and runs action links. A link answers its own ring and gives no other access. */
@Injectable()
export class ActionsService {
  constructor(
    private readonly links: ActionLinks,
    private readonly answers: AnswersService,
    private readonly installation: InstallationService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rates: RateLimits,
  ) {}

  /**
   * Changes nothing.
   *
   * @throws Problem `forbidden` when the key of the endpoint that it was sent to has ended; `not_found` for a link of no use, whatever the reason; `too_many_requests` when the links of an account
   *   are followed more often than a key may ask
   */
  async follow({ token, name }: Link, reply: Reply): Promise<Followed> {
    const link = this.links.read(token);
    if (!link || link.expiresAt < this.clock.now()) throw nothing();
    await this.rates.spend({ accountId: link.accountId, keyId: link.accountId }, reply);
    await this.assertStillAllowed(link);
    const [ring] = await this.database.system<LinkedRing>(ringOfLink(link.accountId, link.occurrenceId));
    const action = ring && ringActions(kindOf(ring.kind)?.done ?? null).find((each) => each.name === name);
    if (!action) throw nothing();
    return { ring, action, accountId: link.accountId, expiresAt: link.expiresAt };
  }

  /** @throws Problem `conflict` when the ring was answered already: a link works once. */
  async act({ ring, action, accountId }: Followed): Promise<Occurrence> {
    return this.answers.answerRing(await this.actorOf(accountId), ring.id, action.answer);
  }

  /** A link does what the key of its endpoint may do, and no more once that key has ended. */
  private async assertStillAllowed({ accountId, keyId }: Addressed): Promise<void> {
    if (keyId === null || (await this.installation.keyHolds(accountId, keyId, ANSWERS))) return;
    const detail =
      'This link no longer acts: the key of the endpoint to which it was sent was revoked, has expired or may no longer answer reminders.';
    throw new Problem('forbidden', detail);
  }

  private async actorOf(accountId: string): Promise<Actor> {
    const operator = await this.installation.operatorOf(accountId);
    return { ...operator, scopes: [ANSWERS] };
  }
}

function nothing(): Problem {
  return new Problem(
    'not_found',
    'This link leads nowhere: it was changed, its 30 days are over, or its ring is gone.',
  );
}
