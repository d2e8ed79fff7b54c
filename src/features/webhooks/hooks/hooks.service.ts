import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { JsonText } from '../../../platform/projection/json-text.js';
import { wholeView } from '../../../platform/projection/projection.js';
import type { PageView } from '../../../platform/projection/view.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import { pageRows } from '../../../platform/projection/page-arguments.js';
import type { Format } from '../formats/formats.js';
import { Webhook } from '../webhook.entity.js';
import { PLAIN } from '../webhook-settings.js';
import { WebhooksService } from '../webhooks.service.js';
import type { CreateHookInput, Hook } from './hook.shapes.js';
import { lockTarget } from './hooks.sql.js';

const FORMAT: Format = 'flat';
/** The names of a REST hook's properties, for the properties of a webhook with other names. */
const WORDS: Readonly<Record<string, string>> = { '/url': 'targetUrl', '/eventTypes': 'event' };
const any = (): null => null;

/**
 * REST hooks: webhooks in the terms of Zapier and n8n. Each is an ordinary row of webhooks, created and ended by its
 * target.
 */
@Injectable()
export class HooksService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksService,
  ) {}

  /** The hooks of a target, of an event, or all of them, newest first. */
  async page(actor: Actor, { first, after, ...given }: GivenArguments): Promise<JsonText> {
    const asked = new JudgedArguments(given, ['targetUrl', 'event', 'first', 'after']);
    const [url, event] = [asked.text('targetUrl', any), asked.text('event', any)];
    asked.assertKept();
    const ofTarget = url === null ? {} : { url: { eq: url } };
    const ofEvent = event === null ? {} : { eventTypes: { has: event } };
    const filter = { restHook: { eq: true }, ...ofTarget, ...ofEvent };
    const { text } = await this.webhooks.page(actor, pageOf({ first, after, filter }));
    const { data, page } = JSON.parse(text) as { data: Webhook[]; page: object };
    return new JsonText(JSON.stringify({ data: data.map(hookOf), page }), { isPage: true });
  }

  async one(actor: Actor, id: string): Promise<Hook> {
    const { text } = await this.webhooks.one(actor, id, wholeView(Webhook));
    const webhook = JSON.parse(text) as Webhook;
    if (!webhook.restHook) throw Problem.notFound('hook', id);
    return hookOf(webhook);
  }

  /**
   * A target that subscribes again, for example because the answer was lost, gets its existing hook, active and with
   * the new filter.
   */
  subscribe(actor: Actor, { event, targetUrl, filter = null }: CreateHookInput): Promise<JsonText> {
    return this.database
      .together(actor, async (within) => {
        const known = await this.known(within, targetUrl, event);
        const id = known ? await this.renew(within, known, filter) : await this.make(within, event, targetUrl, filter);
        return new JsonText(JSON.stringify(await this.one(within, id)), { id, created: !known });
      })
      .catch(inHookWords);
  }

  /** The target itself asked for this, so it is not notified. */
  async unsubscribe(actor: Actor, id: string): Promise<void> {
    await this.one(actor, id);
    await this.webhooks.remove(actor, id, { farewell: false });
  }

  private known(actor: Actor, url: string, event: string): Promise<string | null> {
    return this.database.write(actor, async (tx) => {
      await tx.run(lockTarget(actor.accountId, url));
      const hooks = await tx.select(Webhook, { restHook: true, url });
      return hooks.find(({ eventTypes }) => eventTypes.length === 1 && eventTypes[0] === event)?.id ?? null;
    });
  }

  private async renew(actor: Actor, id: string, filter: Hook['filter']): Promise<string> {
    await this.webhooks.update(actor, id, { filter }, wholeView(Webhook));
    await this.webhooks.activate(actor, id, wholeView(Webhook));
    return id;
  }

  private async make(actor: Actor, event: string, url: string, filter: Hook['filter']): Promise<string> {
    const unasked = { ...PLAIN, description: null, throttlePerSecond: null };
    const hook = { ...unasked, url, eventTypes: [event], filter, format: FORMAT, restHook: true };
    return (await this.webhooks.make(actor, hook)).id;
  }
}

function hookOf({ id, createdAt, filter, status, eventTypes, url }: Webhook): Hook {
  return { id, createdAt, filter, status, event: eventTypes.join(','), targetUrl: url };
}

function pageOf(asked: Parameters<typeof pageRows>[1]): PageView {
  const ending = ['endCursor', 'hasNextPage'] as const;
  return {
    ...pageRows(Webhook, asked),
    parts: [
      { key: 'data', part: 'nodes', view: wholeView(Webhook) },
      { key: 'page', part: 'pageInfo', entries: ending.map((name) => ({ key: name, name })) },
    ],
  };
}

/** @throws Problem the same refusal, with the names of the fields that the caller sent */
function inHookWords(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  const details = error.details.map(({ pointer, code, detail }) => {
    const word = WORDS[pointer];
    return word ? { pointer: `/${word}`, code, detail: detail.replace(/^\w+/, word) } : { pointer, code, detail };
  });
  const message = details.length > 0 ? details.map(({ detail }) => detail).join(' ') : error.message;
  throw new Problem(error.code, message, details, error.headers);
}
