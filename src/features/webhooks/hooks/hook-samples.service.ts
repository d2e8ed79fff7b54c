import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { holdsScope } from '../../../platform/actor/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { unknownPattern } from '../../../platform/events/event-patterns.js';
import { renderFlat } from '../formats/flat.js';
import type { Data } from '../../../kit/words.js';
import { eventsOf } from '../payload-filter.js';
import type { LoggedEvent } from '../samples/logged-event.js';
import { Samples } from '../samples/samples.service.js';
import { webhookEvents } from '../webhook.events.js';
import { newestEvents } from './hooks.sql.js';

/** The number of samples that Zapier shows. */
const MOST = 3;

/** Samples from which a subscriber maps fields before an event has been sent. */
@Injectable()
export class HookSamplesService {
  constructor(
    private readonly database: Database,
    private readonly samples: Samples,
  ) {}

  /**
   * The bodies of the newest events of this kind that the key may read. Without such events, the body of a sample that
   * is marked as one. `webhook.ping` is left out: a hook receives it only on request.
   */
  async of(actor: Actor, event: string): Promise<Data[]> {
    const wrong = unknownPattern(event);
    const [first = webhookEvents.ping, ...others] = wrong === null ? eventsOf([event]) : [];
    if (wrong !== null) throw Problem.field('event', 'unknownEvent', `event ${wrong}.`);
    const shown = [first, ...others].filter(
      ({ name, scope }) => name !== webhookEvents.ping.name && holdsScope(actor.scopes, scope),
    );
    const types = shown.map(({ name }) => name);
    const found = await this.database.read<LoggedEvent>(actor, newestEvents(actor.accountId, types, MOST));
    const notices =
      found.length > 0 ? found.map((logged) => this.samples.from(actor, logged)) : [this.samples.of(actor, first)];
    return notices.map((notice) => JSON.parse(renderFlat(notice).body) as Data);
  }
}
