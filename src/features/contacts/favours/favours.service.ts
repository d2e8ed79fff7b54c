import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { localDateOf } from '../../../kit/instants.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { inserted, merged, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ResourceService } from '../../../platform/resources/resource-service.js';
import { refuseMore } from '../../../platform/database/at-most.js';
import { Contact } from '../contact.entity.js';
import { MOST_FAVOURS } from './favour-balance.js';
import { Favour } from './favour.entity.js';
import { favourEvents } from './favour.events.js';
import type { CreateFavourInput, UpdateFavourInput } from './favour.inputs.js';
import { countOfFavours } from './favours.sql.js';

type Settled = Pick<Favour, 'state' | 'occurredOn' | 'settledOn'>;

/** Favours given, asked for and received. */
@Injectable()
export class FavoursService extends ResourceService<CreateFavourInput, UpdateFavourInput> {
  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    super(database, Favour, favourEvents);
  }

  override async create(actor: Actor, input: CreateFavourInput, view: ObjectView): Promise<JsonText> {
    const { contactId, direction, occurredOn = this.today(actor) } = input;
    const state = input.state ?? (direction === 'asked' ? 'open' : 'done');
    const settled = direction === 'asked' ? this.today(actor) : occurredOn;
    const settledOn = input.settledOn ?? (state === 'open' ? null : settled);
    const values = { ...input, id: newId(), state, occurredOn, settledOn };
    refuseOdd(values);
    return this.database.write(actor, async (tx) => {
      await tx.linked(Contact, contactId, '/contactId');
      const bound = { most: MOST_FAVOURS, what: 'favours of this contact', pointer: '/contactId' };
      await refuseMore(tx, countOfFavours(actor.accountId, contactId), bound);
      return (await tx.apply(inserted(Favour, values, favourEvents.created), view)).json;
    });
  }

  override async update(actor: Actor, id: string, input: UpdateFavourInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const before = await tx.find(Favour, id);
      const values = { ...input, settledOn: this.settledOn(actor, before, input) };
      refuseOdd(merged(before, values));
      return (await tx.apply(updated(Favour, id, values, favourEvents.updated), view)).json;
    });
  }

  /** The day that a change gives it: the one that is said, else today when it is settled, and none when it is open again. */
  private settledOn(actor: Actor, before: Favour, { state = before.state, settledOn }: UpdateFavourInput) {
    if (settledOn) return settledOn;
    if (state === 'open') return null;
    return before.state === 'open' || settledOn === null ? this.today(actor) : before.settledOn;
  }

  private today({ calendar }: Actor): string {
    return localDateOf(this.clock.now(), calendar.timeZone);
  }
}

/** @throws Problem when an open favour is settled, or one is settled before it occurred */
function refuseOdd({ state, occurredOn, settledOn }: Settled): void {
  if (settledOn === null) return;
  if (state === 'open')
    throw Problem.field(
      '/settledOn',
      'stillOpen',
      'An open favour has no day on which it was settled: leave it out, or give the state too.',
    );
  if (settledOn >= occurredOn) return;
  const detail = `settledOn ${settledOn} is before occurredOn ${occurredOn}: give a later one, or an earlier occurredOn.`;
  throw Problem.field('/settledOn', 'endsBeforeItBegins', detail);
}
