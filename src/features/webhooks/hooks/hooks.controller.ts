import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { pageReference, schemaReference } from '../../../platform/contract/json-schema.js';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../../../platform/contract/pages.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import { PathId, ReadsShape } from '../../../platform/resources/answers.js';
import { Concerns } from '../../../platform/writes/write.interceptor.js';
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
    told('listHooks', 'List REST hooks, the newest first.', 'webhooks:read'),
    ApiQuery({ name: 'targetUrl', required: false, description: 'Only those that send there.', schema: text }),
    ApiQuery({ name: 'event', required: false, description: 'Only those made for this event.', schema: text }),
    ApiQuery({
      name: 'first',
      required: false,
      description: 'How many rows.',
      schema: { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE },
    }),
    ApiQuery({ name: 'after', required: false, description: 'The `endCursor` of the page before.', schema: text }),
    ApiResponse({ status: 200, description: 'A page of REST hooks.', schema: pageReference(Hook) }),
  );

const Subscribes = (): MethodDecorator =>
  applyDecorators(
    Post(),
    HttpCode(200),
    Needs('webhooks:write'),
    told('createHook', 'Subscribe a URL to an event; the same again answers 200 with the same hook.', 'webhooks:write'),
    ApiBody({ required: true, schema: schemaReference(CreateHookInput) }),
    ApiResponse({ status: 200, description: 'The hook there was.', schema: schemaReference(Hook) }),
    ApiResponse({ status: 201, description: 'The new hook.', schema: schemaReference(Hook) }),
  );

const Unsubscribes = (): MethodDecorator =>
  applyDecorators(
    Delete(':id'),
    Concerns(Webhook),
    HttpCode(204),
    Needs('webhooks:write'),
    told('deleteHook', 'End a subscription.', 'webhooks:write'),
    ApiResponse({ status: 204, description: 'Done.' }),
  );

const ShowsSamples = (): MethodDecorator =>
  applyDecorators(
    Get('samples/:event'),
    Needs('webhooks:read'),
    told(
      'listHookSamples',
      'Show bodies as a hook gets them: of the newest real events, else a sample.',
      'webhooks:read',
    ),
    ApiResponse({
      status: 200,
      description: 'One to three bodies, the newest first.',
      schema: { type: 'array', items: { type: 'object', additionalProperties: true } },
    }),
  );

/** What Zapier and n8n ask of an API that they can be subscribed to. */
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
