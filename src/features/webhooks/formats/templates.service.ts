import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { RenderFailure } from './message.js';
import type { Notice, Rendered } from './message.js';
import { RenderDesk } from './render-desk.js';
import type { Service } from './render-desk.js';
import { MOST_MB, MOST_MS } from './template-limits.js';
import type { RenderOrder } from './template-thread.js';
import { Turns } from './turns.js';

interface Waiting {
  readonly order: RenderOrder;
  readonly resolve: (service: Service) => void;
  readonly reject: (reason: unknown) => void;
}

/** One account holds one desk at most, so the other one is free for all others. */
const DESKS = 2;
/** More of one account do not wait. */
const MOST_WAITING = 1_000;
/** A template that overran so often within this time is refused without being tried. */
const MOST_OVERRUNS = 2;
const REST_MS = 10_000;

/**
 * The door to every rendering of a template: at saving, in previews and when an event is sent. Templates are programs of the
 * accounts, so they run in threads of their own, with a limit of time and of memory, and accounts take turns.
 */
@Injectable()
export class Templates implements OnApplicationShutdown {
  private readonly turns = new Turns<Waiting>();
  private readonly free = Array.from({ length: DESKS }, () => new RenderDesk());
  private readonly served = new Set<string>();
  private readonly overruns = new LRUCache<string, number>({ max: 1_000, ttl: REST_MS });
  private closing = false;

  /** @throws RenderFailure when the template is invalid, takes too long or too much memory, writes too much or writes nothing */
  async render(accountId: string, template: string, notice: Notice): Promise<Rendered> {
    const name = `${accountId} ${template}`;
    const overruns = this.overruns.get(name) ?? 0;
    if (overruns >= MOST_OVERRUNS) throw tooSlow();
    if (this.turns.of(accountId) >= MOST_WAITING)
      throw new RenderFailure('waits behind too many others', 'template_too_slow');
    const service = await this.service(accountId, { template, notice });
    if (service === 'overran') {
      this.overruns.set(name, overruns + 1);
      throw tooSlow();
    }
    if ('failure' in service) throw new RenderFailure(service.failure);
    return service;
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await Promise.all(this.free.map((desk) => desk.close()));
  }

  private service(accountId: string, order: RenderOrder): Promise<Service> {
    return new Promise((resolve, reject) => {
      this.turns.add(accountId, { order, resolve, reject });
      this.start();
    });
  }

  private start(): void {
    for (let desk = this.free.at(-1); desk; desk = this.free.at(-1)) {
      const next = this.turns.next((owner) => !this.served.has(owner));
      if (!next) return;
      this.free.pop();
      void this.serve(desk, next);
    }
  }

  private async serve(desk: RenderDesk, { owner, one }: { owner: string; one: Waiting }): Promise<void> {
    this.served.add(owner);
    await desk.serve(one.order).then(one.resolve, one.reject);
    this.served.delete(owner);
    if (this.closing) return desk.close();
    this.free.push(desk);
    this.start();
  }
}

function tooSlow(): RenderFailure {
  const limits = `takes more than ${MOST_MS} ms or ${MOST_MB} MB: loop over less, and write less`;
  return new RenderFailure(limits, 'template_too_slow');
}
