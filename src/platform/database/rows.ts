import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import type { Clock } from '../clock/clock.js';
import { JsonText, boundedText } from '../projection/json-text.js';
import type { Projection } from '../projection/projection.js';
import type { ObjectView, PageView } from '../projection/view.js';
import { problemOf } from '../errors/sqlstate.js';
import { jsonOf, runOf } from './apply-change.js';
import type { Runner } from './apply-change.js';

/** The only way to read: an actor's rows of one type. Each answer is one SQL statement, whose text is sent unchanged. */
export class Rows {
  constructor(
    private readonly type: Type,
    private readonly actor: Actor,
    private readonly runner: Runner,
    private readonly projection: Projection,
    private readonly clock: Clock,
  ) {}

  async one(id: string, view: ObjectView): Promise<JsonText> {
    const { parameters, ...statement } = this.projection.one(this.type, view);
    const values = parameters(runOf(this.actor, this.clock, { id }));
    const { rows } = await this.runner.query<{ json: string }>({ ...statement, values }).catch(refuse);
    return jsonOf({ type: this.type, view }, id, rows[0]);
  }

  /** The row with an id in another system, or null. */
  async named(
    name: { readonly source: string; readonly externalId: string },
    view: ObjectView,
  ): Promise<JsonText | null> {
    const { parameters, ...statement } = this.projection.byName(this.type, view);
    const values = parameters(runOf(this.actor, this.clock, { ...name }));
    const { rows } = await this.runner.query<{ json: string; id: string }>({ ...statement, values }).catch(refuse);
    return rows[0] ? jsonOf({ type: this.type, view }, rows[0].id, rows[0]) : null;
  }

  async page(view: PageView): Promise<JsonText> {
    const { parameters, ...statement } = this.projection.page(this.type, view);
    const values = parameters(runOf(this.actor, this.clock, { after: view.after, before: view.before }));
    const { rows } = await this.runner.query<{ json: string }>({ ...statement, values }).catch(refuse);
    return new JsonText(boundedText(rows[0]?.json ?? 'null'), { isPage: true });
  }
}

export function refuse(error: unknown): never {
  throw problemOf(error);
}
