import { Readable } from 'node:stream';
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { Problem } from '../errors/problem.js';

/** The media type of a body that is read while it arrives: a JSON object a line. */
export const STREAMED = 'application/x-ndjson';

/** The body of a route that takes such a file; nothing without one. */
export const FileStream = createParamDecorator((_: unknown, context: ExecutionContext): AsyncIterable<Buffer> => {
  const { body } = context.switchToHttp().getRequest<{ body: unknown }>();
  if (body instanceof Readable) return body;
  throw new Problem('unsupported_media_type', `Send the file itself as the body, with the content type ${STREAMED}.`);
});
