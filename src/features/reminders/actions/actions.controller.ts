import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../../../platform/auth/needs.js';
import { Problem } from '../../../platform/errors/problem.js';
import { PAGE_POLICY } from '../../../platform/pages/html.js';
import { answeredPage, confirmPage, deadPage, donePage, laterPage } from './action-page.js';
import { ActionsService } from './actions.service.js';
import type { Followed, Link } from './actions.service.js';

/** The content security policy of these pages, which may post forms to this origin only. */
const POLICY = PAGE_POLICY.replace("form-action 'none'", "form-action 'self'");

/**
 * Action links: the address is the key, and answers one ring once. `GET` shows a page with a button and changes nothing,
 * `POST` acts. Browsers get pages, programs get JSON.
 */
@ApiExcludeController()
@Open()
@Controller('actions')
export class ActionsController {
  constructor(private readonly actions: ActionsService) {}

  @Get(':token/:name')
  confirm(
    @Param('token') token: string,
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.actions.follow({ token, name }, reply).then(
      (followed) => answered(reply, request, 200, confirmPage(followed), described(followed)),
      (error: unknown) => refused(reply, request, error),
    );
  }

  /** Buttons and mail programs post a form or an empty body. Any body is ignored, because the link holds everything. */
  @Post(':token/:name')
  @RouteConfig({ ignoresBody: true })
  @HttpCode(200)
  act(
    @Param('token') token: string,
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.actions.follow({ token, name }, reply).then(
      (followed) => carriedOut(this.actions, followed, request, reply),
      (error: unknown) => refused(reply, request, error),
    );
  }
}

/** After two clicks at once, the second shows the result of the first. */
async function carriedOut(
  actions: ActionsService,
  followed: Followed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  try {
    const { state, snoozedUntil } = await actions.act(followed);
    const json = { ...described(followed), state, snoozedUntil };
    return answered(reply, request, 200, donePage(followed, snoozedUntil), json);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'conflict' || !wantsPage(request)) throw error;
    const { ring } = await actions.follow(request.params as Link, reply);
    return answered(reply, request, 409, answeredPage(ring), null);
  }
}

function described({ ring, action, expiresAt }: Followed): object {
  const { id, title, state, dueAt, snoozedUntil } = ring;
  return { action: action.name, occurrenceId: id, title, state, dueAt, snoozedUntil, expiresAt };
}

function refused(reply: FastifyReply, request: FastifyRequest, error: unknown): unknown {
  if (!(error instanceof Problem) || !wantsPage(request)) throw error;
  const page = error.code === 'too_many_requests' ? laterPage : deadPage;
  return answered(reply, request, error.status, page(error.message), null);
}

/** Keeps the address out of caches, search engines and `Referer` headers. */
function answered(reply: FastifyReply, request: FastifyRequest, status: number, text: string, json: unknown): unknown {
  void reply
    .status(status)
    .headers({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow', vary: 'accept' });
  if (!wantsPage(request)) return json;
  void reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY });
  return text;
}

function wantsPage(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}
