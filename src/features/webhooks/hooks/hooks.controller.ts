import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { pageReference, schemaReference } from '../../../platform/contract/json-schema.js';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../../../platform/contract/pages.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import { PathId, ReadsShape } from '../../../platform/resources/answers.js';
import { TakesNoQuery } from '../../../platform/resources/no-query.js';
import { Concerns, ConcernsNothing } from '../../../platform/writes/subjects.js';
import type { Data } from '../../../kit/words.js';
import { Webhook } from '../webhook.entity.js';
import { CreateHookInput, Hook } from './hook.shapes.js';
import { HookSamplesService } from './hook-samples.service.js';
import { HooksService } from './hooks.service.js';

const text = { type: 'string' } as const;
const told = (operationId: string, summary: string, needs: string): MethodDecorator =>
  ApiOperation({ operationId, summary, description: `Scope: \`${needs}\`.` });

const ListsHooks = (): MethodDecorator =>
  applyDecorators(
    Get(),
    Needs('webhooks:read'),
    told('listHooks', 'List REST hooks, newest first.', 'webhooks:read'),
    ApiQuery({ name: 'targetUrl', required: false, description: 'Only hooks that send to this URL.', schema: text }),
    ApiQuery({ name: 'event', required: false, description: 'Only hooks for this event.', schema: text }),
    ApiQuery({
      name: 'first',
      required: false,
      description: 'How many hooks to return.',
      schema: { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE },
    }),
    ApiQuery({ name: 'after', required: false, description: 'The `endCursor` of the previous page.', schema: text }),
    ApiResponse({ status: 200, description: 'A page of REST hooks.', schema: pageReference(Hook) }),
  );

const Subscribes = (): MethodDecorator =>
  applyDecorators(
    Post(),
    HttpCode(200),
    ConcernsNothing(),
    TakesNoQuery(),
    Needs('webhooks:write'),
    told(
      'createHook',
      'Subscribe a URL to an event. The same request again answers 200 with the same hook.',
      'webhooks:write',
    ),
    ApiBody({ required: true, schema: schemaReference(CreateHookInput) }),
    ApiResponse({ status: 200, description: 'The existing hook.', schema: schemaReference(Hook) }),
    ApiResponse({ status: 201, description: 'The new hook.', schema: schemaReference(Hook) }),
  );

const Unsubscribes = (): MethodDecorator =>
  applyDecorators(
    Delete(':id'),
    TakesNoQuery(),
    Concerns(Webhook),
    HttpCode(204),
    Needs('webhooks:write'),
    told('deleteHook', 'End a subscription.', 'webhooks:write'),
    ApiResponse({ status: 204, description: 'The subscription has ended.' }),
  );

const ShowsSamples = (): MethodDecorator =>
  applyDecorators(
    Get('samples/:event'),
    TakesNoQuery(),
    Needs('webhooks:read'),
    told(
      'listHookSamples',
      'Show bodies as a hook receives them: of the newest events, or of a sample if there are none.',
      'webhooks:read',
    ),
    ApiResponse({
      status: 200,
      description: 'One to three bodies, newest first.',
      schema: { type: 'array', items: { type: 'object', additionalProperties: true } },
    }),
  );

/** The operations that Zapier and n8n need to subscribe to an API. */
@ApiTags('Hooks')
@Controller('v1/hooks')
export class HooksController {
  constructor(
    private readonly hooks: HooksService,
    private readonly samples: HookSamplesService,
  ) {}

  @ListsHooks()
  page(@Caller() actor: Actor, @Query() query: Record<string, unknown>): Promise<JsonText> {
    return this.hooks.page(actor, query);
  }

  @Subscribes()
  subscribe(@Caller() actor: Actor, @Body() input: CreateHookInput): Promise<JsonText> {
    return this.hooks.subscribe(actor, input);
  }

  @ShowsSamples()
  sampled(@Caller() actor: Actor, @Param('event') event: string): Promise<Data[]> {
    return this.samples.of(actor, event);
  }

  @ReadsShape(Hook, [], {
    path: ':id',
    needs: 'webhooks:read',
    operation: 'getHook',
    summary: 'Read one REST hook.',
  })
  one(@Caller() actor: Actor, @PathId() id: string): Promise<Hook> {
    return this.hooks.one(actor, id);
  }

  @Unsubscribes()
  unsubscribe(@Caller() actor: Actor, @PathId() id: string): Promise<void> {
    return this.hooks.unsubscribe(actor, id);
  }
}
