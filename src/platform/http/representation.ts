import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { namesTag } from '../../kit/entity-tags.js';
import { resourceName } from '../contract/resources.js';
import { JsonText } from '../projection/json-text.js';

/** Adds the headers of every answer: the entity tag, the address of a new resource, the next page. */
export function describeAnswers(server: FastifyInstance): void {
  server.addHook('preSerialization', (request, reply, answer, done) => {
    if (answer instanceof JsonText) describe(request, reply, answer);
    else locate(request, reply, idOf(answer), null);
    done(null, reply.statusCode === 304 ? new JsonText('') : answer);
  });
}

function describe(request: FastifyRequest, reply: FastifyReply, json: JsonText): void {
  if (json.created) void reply.code(201);
  locate(request, reply, json.id, json.origin && `/v1/${resourceName(json.origin.type).plural}`);
  if (json.version !== null) tag(request, reply, json);
  if (json.isPage) linkNext(request, reply, json.text);
}

/**
 * A strong tag (RFC 9110 §8.8.3): the version, which `If-Match` is compared with, and a hash of this representation,
 * because `fields`, `include` and computed values lead to several representations of one version.
 */
function tag(request: FastifyRequest, reply: FastifyReply, { version, text }: JsonText): void {
  const etag = `"${version}.${createHash('sha1').update(text).digest('base64url')}"`;
  void reply.header('etag', etag);
  const known = request.headers['if-none-match'];
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (known && reading && namesTag(known, etag)) void reply.code(304);
}

/** The address of a created resource (RFC 9110 §10.2.2), if it has one: below that of the request, else where its kind is listed. */
function locate(request: FastifyRequest, reply: FastifyReply, id: string | null, list: string | null): void {
  if (reply.statusCode !== 201 || id === null) return;
  const asked = (request.routeOptions.url ?? '').split('/by/')[0] ?? '';
  const base = [asked, list ?? asked].find((url) => request.server.hasRoute({ method: 'GET', url: `${url}/:id` }));
  if (base !== undefined) void reply.header('location', `${base}/${id}`);
}

/** The next page as a link (RFC 8288). The description of the page's end is the last part of its text. */
function linkNext(request: FastifyRequest, reply: FastifyReply, text: string): void {
  const { page } = JSON.parse(`{${text.slice(text.lastIndexOf('"page"'))}`) as { page: PageEnding };
  if (!page.hasNextPage || page.endCursor === null) return;
  const [path = '', query = ''] = request.url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('after', page.endCursor);
  void reply.header('link', `<${path}?${parameters.toString()}>; rel="next"`);
}

interface PageEnding {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

function idOf(answer: unknown): string | null {
  const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null;
  return typeof id === 'string' ? id : null;
}
