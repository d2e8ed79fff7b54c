import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../../../platform/auth/needs.js';
import type { CalendarFile } from './calendars.service.js';
import { CalendarsService } from './calendars.service.js';

/** The secret addresses that calendar programs read. The address is the key, and gives access to this feed only. */
@ApiExcludeController()
@Open()
@Controller('calendars')
export class CalendarsController {
  constructor(private readonly calendars: CalendarsService) {}

  @Get(':file')
  file(
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.calendars.file(file, reply).then((found) => sent(found, request, reply));
  }
}

function sent({ name, text, etag }: CalendarFile, request: FastifyRequest, reply: FastifyReply): string {
  void reply.headers({
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-cache',
    'x-robots-tag': 'noindex',
    etag,
  });
  const known = request.headers['if-none-match'];
  if (known === undefined || !(known.trim() === '*' || known.includes(etag))) return text;
  void reply.code(304);
  return '';
}
