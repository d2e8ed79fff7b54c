import { Controller, Get, Query, applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../actor/actor.js';
import { Caller, NeedsAnyKey } from '../../auth/needs.js';
import { schemaReference } from '../../contract/json-schema.js';
import type { JsonText } from '../../projection/json-text.js';
import { Changes } from './change.shapes.js';
import { ChangesService, DEFAULT_CHANGES, MOST_CHANGES } from './changes.service.js';

const text = { type: 'string' } as const;

const ListsChanges = (): MethodDecorator =>
  applyDecorators(
    Get(),
    ApiOperation({
      operationId: 'listChanges',
      summary: 'List what changed, oldest first.',
      description: 'Any key. It sees changes of the resources that its scopes let it read.',
    }),
    ApiQuery({
      name: 'since',
      required: false,
      description:
        'The `next` of the previous page; `now` for the current position; unset for the oldest change that is kept.',
      schema: text,
    }),
    ApiQuery({
      name: 'first',
      required: false,
      description: 'The largest number of changes to return.',
      schema: { type: 'integer', minimum: 1, maximum: MOST_CHANGES, default: DEFAULT_CHANGES },
    }),
    ApiQuery({
      name: 'types',
      required: false,
      description:
        'Only these events, separated by commas or repeated: names, all events of a resource (`account.*`), or all events (`*`).',
      style: 'form',
      explode: false,
      schema: { type: 'array', items: text },
    }),
    ApiResponse({ status: 200, description: 'A page of changes.', schema: schemaReference(Changes) }),
    ApiResponse({ status: 410, description: 'The place is not kept any more.' }),
  );

@ApiTags('Changes')
@Controller('v1/changes')
export class ChangesController {
  constructor(private readonly changes: ChangesService) {}

  @ListsChanges()
  @NeedsAnyKey()
  page(@Caller() actor: Actor, @Query() query: Record<string, unknown>): Promise<JsonText> {
    return this.changes.page(actor, query);
  }
}
