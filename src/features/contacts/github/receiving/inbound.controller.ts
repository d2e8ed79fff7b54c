import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../../../../platform/auth/needs.js';
import { Problem } from '../../../../platform/errors/problem.js';
import { jsonIn } from '../../../../platform/http/json-body.js';
import { InboundService } from './inbound.service.js';
import type { SentBody } from './inbound.service.js';
import { arrivalOf } from './inbound-door.js';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
/** What GitHub writes before the JSON text in a form. */
const PAYLOAD = 'payload=';

/** Where GitHub delivers. There is no API key: the signature over the bytes of the body is the authentication. */
@ApiExcludeController()
@Open()
@Controller('v1/inbound/github')
export class InboundController {
  constructor(private readonly inbound: InboundService) {}

  @Post(':id')
  @RouteConfig({ takesBytes: [JSON_TYPE, FORM_TYPE] })
  @HttpCode(200)
  deliver(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.inbound.receive(arrivalOf(request), bodyOf(request), reply);
  }
}

function bodyOf(request: FastifyRequest): SentBody {
  const { body, headers } = request;
  const isForm = headers['content-type']?.trim().toLowerCase().startsWith(FORM_TYPE) ?? false;
  return {
    bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    read: async (bytes) => jsonIn(request, isForm ? payloadIn(bytes.toString()) : bytes),
  };
}

/** The JSON text in a form: percent-encoded, with + for a space (URL Standard §5). */
function payloadIn(form: string): Buffer {
  const [pair = ''] = form.split('&', 1);
  if (!pair.startsWith(PAYLOAD)) throw unreadable(`The form has no ${PAYLOAD} at its beginning.`);
  try {
    return Buffer.from(decodeURIComponent(pair.slice(PAYLOAD.length).replaceAll('+', ' ')));
  } catch {
    throw unreadable('The form is not percent-encoded UTF-8.');
  }
}

function unreadable(what: string): Problem {
  return new Problem('malformed_body', `${what} Let GitHub deliver its own payload here, unchanged.`);
}
