import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../auth/needs.js';
import { Problem } from '../errors/problem.js';
import { graphiqlAsset } from './graphiql.js';
import { PAGE_POLICY } from './html.js';
import { Landing } from './landing.js';
import { problemsPage } from './problems.js';
import { STYLE } from './style.js';

const PAGE = 'text/html; charset=utf-8';
/** The caching of files that change only with the program's version. */
const KEPT = 'public, max-age=3600';

/** The pages for people, each served completely from this program, so that they load nothing from other origins. */
@ApiExcludeController()
@Open()
@Controller()
export class PagesController {
  constructor(private readonly landing: Landing) {}

  @Get()
  @Header('content-type', PAGE)
  @Header('content-security-policy', PAGE_POLICY)
  @Header('cache-control', 'no-store')
  start(@Req() { protocol, host }: FastifyRequest): Promise<string> {
    return this.landing.page(`${protocol}://${host}`);
  }

  @Get('problems')
  @Header('content-type', PAGE)
  @Header('content-security-policy', PAGE_POLICY)
  problems(): string {
    return problemsPage();
  }

  @Get('pages/style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', KEPT)
  style(): string {
    return STYLE;
  }

  @Get('pages/:name')
  @Header('cache-control', KEPT)
  asset(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return sent(name, reply);
  }
}

async function sent(name: string, reply: FastifyReply): Promise<string> {
  const asset = await graphiqlAsset(name);
  if (!asset) throw new Problem('not_found', 'There is no such page.');
  void reply.type(asset.type);
  return asset.text;
}
