import type { INestApplicationContext, Type } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Database } from '../../platform/database/database.js';
import { InputPipe } from '../../platform/http/input.pipe.js';
import type { ObjectView } from '../../platform/projection/view.js';
import type { ResourceService } from '../../platform/resources/resource-service.js';
import { CreateInteractionInput } from '../../features/contacts/interactions/interaction.inputs.js';
import { InteractionsService } from '../../features/contacts/interactions/interactions.service.js';
import type { TouchBody } from './person.js';

export const ID: ObjectView = { fields: [{ key: 'id', name: 'id' }] };

/** Writes what a caller of the API could write: each body is checked against its shape, and the service of the feature decides. */
export class Pen {
  private readonly inputs = new InputPipe();

  constructor(
    private readonly app: INestApplicationContext,
    readonly actor: Actor,
  ) {}

  /** Everything that the function writes is committed together. It may run twice, after a deadlock. */
  together(work: (pen: Pen) => Promise<void>): Promise<void> {
    return this.app.get(Database).together(this.actor, (actor) => work(new Pen(this.app, actor)));
  }

  /** Makes a row and answers its id. */
  async make<C extends object>(service: Type<ResourceService<C>>, shape: Type<C>, body: object): Promise<string> {
    const { text } = await this.app.get(service).create(this.actor, await this.checked(shape, body), ID);
    return (JSON.parse(text) as { id: string }).id;
  }

  async change<U extends object>(
    service: Type<ResourceService<never, U>>,
    shape: Type<U>,
    { id, ...body }: { readonly id: string; readonly [field: string]: unknown },
  ): Promise<void> {
    await this.app.get(service).update(this.actor, id, await this.checked(shape, body), ID);
  }

  /** A verb of a service that is neither of both. */
  async ask<S, I extends object, R>(
    service: Type<S>,
    [shape, body]: readonly [Type<I>, object],
    verb: (service: S, actor: Actor, input: I) => Promise<R>,
  ): Promise<R> {
    return verb(this.app.get(service), this.actor, await this.checked(shape, body));
  }

  /** All touches of a contact at once, as an import of messages logs them. The contact is one that this unit has made. */
  async log(contactId: string, touches: readonly TouchBody[]): Promise<void> {
    const bodies = touches.map((touch) => this.checked(CreateInteractionInput, { ...touch, contactIds: [contactId] }));
    const logged = (await Promise.all(bodies)).map((input) => ({
      ...{ id: newId(), contactIds: [contactId], occurredAt: input.occurredAt, channel: input.channel },
      ...{ direction: input.direction, summary: input.summary, countsAsTouch: input.countsAsTouch ?? true },
    }));
    if (logged.length === 0) return;
    await this.app.get(Database).write(this.actor, (tx) => this.app.get(InteractionsService).logAllIn(tx, logged));
  }

  private async checked<I>(shape: Type<I>, body: object): Promise<I> {
    return (await this.inputs.transform(body, { type: 'body', metatype: shape })) as I;
  }
}
