import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { Request } from '../../auth/request.js';
import { SavedFilterLookup } from './saved-filter-lookup.js';

/** Looks up the saved filter that the address of a list names, before its other parameters are read. Without one it does nothing. */
@Injectable()
export class SavedFilterInterceptor implements NestInterceptor {
  constructor(private readonly lookup: SavedFilterLookup) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request & { query?: { savedFilter?: unknown } }>();
    const { actor, query } = request;
    if (actor && typeof query?.savedFilter === 'string')
      request.saved = await this.lookup.find(actor, [query.savedFilter]);
    return next.handle();
  }
}
