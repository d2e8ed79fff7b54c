import { Injectable, UseInterceptors } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { refuseUnknown } from './known-parameters.js';

/** Refuses every parameter of an operation that reads none. A parameter that is ignored looks as if it worked. */
@Injectable()
class NoQuery implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query } = context.switchToHttp().getRequest<{ query: Readonly<Record<string, unknown>> }>();
    refuseUnknown(query, []);
    return next.handle();
  }
}

export const TakesNoQuery = (): MethodDecorator => UseInterceptors(NoQuery);
