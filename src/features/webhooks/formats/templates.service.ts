import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Desks } from '../../../platform/threads/desks.js';
import { RenderFailure } from './message.js';
import type { Notice, Rendered } from './message.js';
import { LONGEST_MS, MOST_MB, MOST_MS } from './template-limits.js';
import type { RenderAnswer, RenderOrder } from './template-thread.js';

const THREAD = new URL('./template-thread.js', import.meta.url);
const ROOM = { mostMs: MOST_MS, longestMs: LONGEST_MS, mostMb: MOST_MB, mostWaiting: 1_000 };
/** A template that overran so often within this time is refused without being tried. */
const MOST_OVERRUNS = 2;
const REST_MS = 10_000;

/**
 * The door to every rendering of a template: at saving, in previews and when an event is sent. Templates are programs of the
 * accounts, so they run in threads of their own, with a limit of time and of memory, and accounts take turns.
 */
@Injectable()
export class Templates implements OnApplicationShutdown {
  private readonly desks = new Desks<RenderOrder, RenderAnswer>(THREAD, ROOM);
  private readonly overruns = new LRUCache<string, number>({ max: 1_000, ttl: REST_MS });

  /** @throws RenderFailure when the template is invalid, takes too long or too much memory, writes too much or writes nothing */
  async render(accountId: string, template: string, notice: Notice): Promise<Rendered> {
    const name = `${accountId} ${template}`;
    const overruns = this.overruns.get(name) ?? 0;
    if (overruns >= MOST_OVERRUNS) throw tooSlow();
    if (this.desks.isCrowdedFor(accountId))
      throw new RenderFailure('waits behind too many others', 'template_too_slow');
    const service = await this.desks.serve(accountId, { template, notice });
    if (service === 'overran') {
      this.overruns.set(name, overruns + 1);
      throw tooSlow();
    }
    if ('failure' in service) throw new RenderFailure(service.failure);
    return service;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.desks.close();
  }
}

function tooSlow(): RenderFailure {
  const limits = `takes more than ${MOST_MS} ms or ${MOST_MB} MB: loop over less, and write less`;
  return new RenderFailure(limits, 'template_too_slow');
}
