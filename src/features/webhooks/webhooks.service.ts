import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { inserted, merged, removed, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import type { ProblemDetail } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import { wholeView } from '../../platform/projection/projection.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ReadService } from '../../platform/resources/resource-service.js';
import type { Press } from './formats/formats.js';
import { Templates } from './formats/templates.service.js';
import { assertReadable, grantFor } from './grant.js';
import { rotated } from './secrets.js';
import { Webhook } from './webhook.entity.js';
import type { WebhookWithSecret } from './webhook.entity.js';
import { webhookEvents } from './webhook.events.js';
import type { CreateWebhookInput, RotateWebhookSecretInput, UpdateWebhookInput } from './webhook.inputs.js';
import { DELIVERIES } from './webhook.topics.js';
import { PLAIN, judgedSettings } from './webhook-settings.js';
import { headerRefusals, sealedHeaders } from './webhook-headers.js';
import { urlRefusal } from './webhook-url.js';
import { PingStatement, countEndpoints, hearFromNow, lockEndpoints } from './webhooks.sql.js';

/** The endpoints of an account. No feature calls this service: webhooks follow the events of the log. */
@Injectable()
export class WebhooksService extends ReadService {
  constructor(
    database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly pings: PingStatement,
    private readonly templates: Templates,
  ) {
    super(database, Webhook);
  }

  /** @throws Problem `not_found` when this account has no such endpoint. */
  async assertThere(actor: Actor, id: string): Promise<void> {
    await this.one(actor, id, { fields: [{ key: 'id', name: 'id' }] });
  }

  /**
   * A new endpoint is tried at once: the event of its creation is its first ping. A REST hook gets no ping, because its
   * tool would treat it as data.
   */
  async make(actor: Actor, input: CreateWebhookInput): Promise<WebhookWithSecret> {
    const { description, headers, ...given } = input;
    const settings = merged(PLAIN, given);
    const { filterPath } = await judgedSettings(settings, this.urlRefusals(input), this.pressOf(actor));
    const id = newId();
    const { secret, secrets } = rotated(this.config.keyRing, id, [], { now: this.clock.now() });
    const eventTypes = distinct(settings.eventTypes);
    const sealed = sealedHeaders(this.config.keyRing, id, headers ?? null);
    const grant = grantFor(actor, eventTypes);
    const values = {
      ...settings,
      ...sealed,
      ...grant,
      id,
      description: description ?? null,
      eventTypes,
      filterPath,
      secrets,
    };
    const made = inserted(Webhook, values, input.restHook === true ? null : webhookEvents.ping);
    const { json } = await this.database.write(actor, async (tx) => {
      await this.assertRoom(tx);
      return tx.apply(made, wholeView(Webhook));
    });
    return withSecret(json, secret);
  }

  /** Each event costs a look at every endpoint of its account. */
  private async assertRoom(tx: Tx): Promise<void> {
    const { mostEndpoints } = this.config.webhooks;
    const { accountId } = tx.actor;
    await tx.run(lockEndpoints(accountId));
    const [counted] = await tx.run<{ count: number }>(countEndpoints(accountId));
    if ((counted?.count ?? 0) < mostEndpoints) return;
    const detail = `An account has at most ${mostEndpoints} webhooks and hooks together: delete one that is not needed, or let one receive more event types. The operator sets the limit: WEBHOOK_ENDPOINTS_PER_ACCOUNT.`;
    throw new Problem('conflict', detail);
  }

  /**
   * The new settings are checked together with the unchanged ones. With another URL the endpoint is sent what this key
   * may read, and the headers are forgotten: they were meant for the old one.
   */
  update(actor: Actor, id: string, input: UpdateWebhookInput, view: ObjectView): Promise<JsonText> {
    const { eventTypes, headers, ...others } = input;
    const given = eventTypes ? { ...others, eventTypes: distinct(eventTypes) } : others;
    return this.database.write(actor, async (tx) => {
      const before = await tx.find(Webhook, id);
      const after = merged(before, given);
      const { filterPath } = await judgedSettings(after, this.urlRefusals(input), this.pressOf(actor));
      const moved = after.url !== before.url;
      if (!moved && eventTypes) assertReadable(before.scopes, after.eventTypes);
      const grant = moved ? grantFor(actor, after.eventTypes) : {};
      const sealed = sealedHeaders(this.config.keyRing, id, moved ? (headers ?? null) : headers);
      return (await tx.apply(updated(Webhook, id, { ...given, ...sealed, ...grant, filterPath }, null), view)).json;
    });
  }

  /**
   * The secrets are deleted, and the log of deliveries stays. The worker cancels pending deliveries. It also notifies
   * the target of a REST hook, unless the target itself requested the deletion.
   */
  async remove(actor: Actor, id: string, { farewell = true } = {}): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const { restHook } = await tx.find(Webhook, id);
      const farewellAt = restHook && farewell ? this.clock.now() : null;
      const unsealed = { secrets: [], headers: [], headerNames: [] };
      await tx.apply(updated(Webhook, id, { ...unsealed, farewellAt, farewells: 0 }, null));
      tx.wake(DELIVERIES);
      return (await tx.apply(removed(Webhook, id, null))).json;
    });
  }

  /**
   * Deliveries that waited while it was paused continue, what happened meanwhile is not sent, and failures are counted
   * from now. If its key has ended, this
   * key takes its place.
   */
  async activate(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    const unsaid = { farewellAt: null, farewells: 0 };
    const values = { status: 'active', disabledReason: null, failingSince: null, ...unsaid } as const;
    return this.database.write(actor, async (tx) => {
      const { status, disabledReason, eventTypes } = await tx.find(Webhook, id);
      if (status !== 'active') await tx.run(hearFromNow(actor.accountId, id));
      const grant = disabledReason?.startsWith('key_') ? grantFor(actor, eventTypes) : {};
      tx.wake(DELIVERIES);
      return (await tx.apply(updated(Webhook, id, { ...values, ...grant }, null), view)).json;
    });
  }

  pause(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const { status } = await tx.find(Webhook, id);
      if (status === 'disabled')
        throw new Problem('conflict', 'The webhook is already disabled: nothing is sent to it.');
      return (await tx.apply(updated(Webhook, id, { status: 'paused' }, null), view)).json;
    });
  }

  /** Both secrets sign for a while, so that the receiver has time to change its secret. */
  rotateSecret(actor: Actor, id: string, { overlap }: RotateWebhookSecretInput): Promise<WebhookWithSecret> {
    return this.database.write(actor, async (tx) => {
      const webhook = await tx.find(Webhook, id);
      const { secret, secrets } = rotated(this.config.keyRing, id, webhook.secrets, {
        now: this.clock.now(),
        overlap,
      });
      const { json } = await tx.apply(updated(Webhook, id, { secrets }, null), wholeView(Webhook));
      return withSecret(json, secret);
    });
  }

  /** Records an event for this endpoint only, which is sent like any other. */
  ping(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await activeWebhook(tx, id);
      await tx.run(this.pings.of(actor.accountId, id, this.clock));
      return tx.one(Webhook, id, view);
    });
  }

  private pressOf({ accountId }: Actor): Press {
    return { templates: this.templates, accountId };
  }

  private urlRefusals({ url, headers }: UpdateWebhookInput): ProblemDetail[] {
    const refused = url === undefined ? null : urlRefusal(url, this.config.webhooks);
    return [...(refused ? [{ pointer: '/url', ...refused }] : []), ...headerRefusals(headers)];
  }
}

/** The endpoint, locked. Refused when nothing would be sent to it. */
export async function activeWebhook(tx: Tx, id: string): Promise<Webhook> {
  const webhook = await tx.find(Webhook, id);
  if (webhook.status === 'active') return webhook;
  throw new Problem('conflict', `The webhook is ${webhook.status}: activate it first.`);
}

function withSecret(json: JsonText, secret: string): WebhookWithSecret {
  return { ...(JSON.parse(json.text) as Webhook), secret };
}

function distinct(eventTypes: readonly string[]): string[] {
  return [...new Set(eventTypes)];
}
