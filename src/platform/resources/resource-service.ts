import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { inserted, removed, restored, updated } from '../database/changes.js';
import type { Values } from '../database/changes.js';
import type { Database } from '../database/database.js';
import type { EventType } from '../contract/catalogue.js';
import { newId } from '../../kit/ids.js';
import type { JsonText } from '../projection/json-text.js';
import type { ObjectView, PageView } from '../projection/view.js';

/** The events of a resource's standard operations. */
export interface LifeEvents {
  readonly created: EventType;
  readonly updated: EventType;
  readonly deleted: EventType;
  /** Only of resources that can be restored. */
  readonly restored?: EventType;
}

/** The reads of every resource. */
export abstract class ReadService {
  constructor(
    protected readonly database: Database,
    protected readonly type: Type<{ id: string }>,
  ) {}

  page(actor: Actor, view: PageView): Promise<JsonText> {
    return this.database.rows(this.type, actor).page(view);
  }

  one(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.rows(this.type, actor).one(id, view);
  }
}

/** The standard operations of every resource. A feature's service overrides them to add rules, and adds its own operations. */
export abstract class ResourceService<
  Create extends object = object,
  Update extends object = object,
> extends ReadService {
  constructor(
    database: Database,
    type: Type<{ id: string }>,
    protected readonly events: LifeEvents,
  ) {
    super(database, type);
  }

  async create(actor: Actor, input: Create, view: ObjectView): Promise<JsonText> {
    const change = inserted(this.type, { ...(input as Values), id: newId() }, this.events.created);
    return (await this.database.apply(actor, change, view)).json;
  }

  async update(actor: Actor, id: string, input: Update, view: ObjectView): Promise<JsonText> {
    return (await this.database.apply(actor, updated(this.type, id, input as Values, this.events.updated), view)).json;
  }

  async remove(actor: Actor, id: string): Promise<JsonText> {
    return (await this.database.apply(actor, removed(this.type, id, this.events.deleted))).json;
  }

  async restore(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    const { restored: event = null } = this.events;
    return (await this.database.apply(actor, restored(this.type, id, event), view)).json;
  }
}
