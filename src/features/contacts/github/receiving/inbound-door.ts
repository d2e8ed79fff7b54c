import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LARGEST_BODY } from '../../../../platform/http/adapter.js';
import { Door } from '../../../../platform/http/door.js';
import { InboundService } from './inbound.service.js';
import type { Arrival } from './inbound.service.js';

/** Lets in what is for an address that there is, before its body is read. */
@Injectable()
export class InboundDoor implements OnModuleInit {
  constructor(
    private readonly inbound: InboundService,
    private readonly door: Door,
  ) {}

  onModuleInit(): void {
    this.door.openToKnown('/v1/inbound/github/:id', LARGEST_BODY, async (request, reply) => {
      return (await this.inbound.hookOf(arrivalOf(request), reply)).accountId;
    });
  }
}

export function arrivalOf({ raw, headers, params }: FastifyRequest): Arrival {
  return { request: raw, id: (params as { readonly id: string }).id, headers };
}
