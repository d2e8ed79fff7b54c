import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { Json } from '../projection/json.js';

/** The address a created resource's `Location` begins with. */
export const LOCATION = 'kith:location';

/** Says where the created resource is (RFC 9110 §10.2.2). */
@Injectable()
export class LocationInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const base = this.reflector.get<string | undefined>(LOCATION, context.getHandler());
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((answer) => {
        if (base && answer instanceof Json && answer.id) void reply.header('location', `${base}/${answer.id}`);
      }),
    );
  }
}
