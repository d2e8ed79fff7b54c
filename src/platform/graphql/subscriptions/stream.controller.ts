import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsAnyKey } from '../../auth/needs.js';
import { EventStreams } from './event-streams.js';

/** GraphQL over Server-Sent Events, one connection for each subscription (graphql-sse, distinct connections mode). */
@ApiExcludeController()
@NeedsAnyKey()
@Controller('graphql/stream')
export class StreamController {
  constructor(private readonly streams: EventStreams) {}

  @Get()
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.streams.serve(request, reply);
  }

  @Post()
  post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.streams.serve(request, reply);
  }
}
