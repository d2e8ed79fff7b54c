import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { holdsScope } from '../../../platform/actor/actor.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { inserted, removed, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView, PageView } from '../../../platform/projection/view.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import type { CalendarFeedWithUrl } from './calendar-feed.entity.js';
import type { CreateCalendarFeedInput } from './calendar-feed.inputs.js';
import { newFeedToken, pathOfToken } from './feed-token.js';

/** What a key must be able to read, so that an address that it gives opens anything. */
export const SHOWN = 'reminders:read';

/** The calendar feeds of an account. */
@Injectable()
export class CalendarFeedsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  page(actor: Actor, view: PageView): Promise<JsonText> {
    return this.database.rows(CalendarFeed, actor).page(view);
  }

  one(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.rows(CalendarFeed, actor).one(id, view);
  }

  async create(actor: Actor, { name, lens = 'all' }: CreateCalendarFeedInput): Promise<CalendarFeedWithUrl> {
    assertReads(actor);
    const { token, tokenHash } = newFeedToken();
    const id = newId();
    const { keyId } = actor;
    await this.database.apply(actor, inserted(CalendarFeed, { id, name, lens, tokenHash, keyId }, null));
    return { id, name, lens, createdAt: this.clock.now(), url: this.urlOf(token) };
  }

  /** The old address stops working at once. The new one is of this key. */
  rotate(actor: Actor, id: string): Promise<CalendarFeedWithUrl> {
    assertReads(actor);
    const { token, tokenHash } = newFeedToken();
    return this.database.write(actor, async (tx) => {
      const { name, lens, createdAt } = await tx.find(CalendarFeed, id);
      await tx.apply(updated(CalendarFeed, id, { tokenHash, keyId: actor.keyId }, null));
      return { id, name, lens, createdAt, url: this.urlOf(token) };
    });
  }

  /** The address stops working at once in every process, because none caches it. */
  async remove(actor: Actor, id: string): Promise<JsonText> {
    return (await this.database.apply(actor, removed(CalendarFeed, id, null))).json;
  }

  private urlOf(token: string): string {
    return `${this.config.publicUrl}${pathOfToken(token)}`;
  }
}

/** @throws Problem `forbidden`: whoever has the address reads, and the key may not */
function assertReads({ scopes }: Actor): void {
  if (holdsScope(scopes, SHOWN)) return;
  throw new Problem('forbidden', `The address shows reminders: this takes a key with the scope ${SHOWN}.`);
}
