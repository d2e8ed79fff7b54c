import type { FastifyRequest } from 'fastify';
import { jsonDepthExceeds, jsonMembersExceed } from '../../kit/json-depth.js';
import { parseInSlices } from '../../kit/json-slices.js';
import { Problem } from '../errors/problem.js';

/** class-transformer overflows the stack at about 3,000 levels, an 18 kB body. */
const DEEPEST_JSON = 32;
/** Values in one body: what checks them looks at each. */
const MOST_VALUES = 50_000;
/** A body above this size, in characters, is parsed in slices: a smaller one takes V8 a few milliseconds, whatever is in it. */
const LARGE = 16_384;

type Parse = (text: string) => unknown;

/** Parses JSON bodies: it refuses what is beyond the bounds before it parses, and lets others in between while it does. */
export async function jsonBodies(request: FastifyRequest, body: Buffer): Promise<unknown> {
  if (takesBytes(request)) return body;
  return body.length === 0 ? undefined : jsonIn(request, body);
}

/** Whether the route takes bodies as they are: a signature is over their bytes. */
export function takesBytes({ routeOptions }: FastifyRequest): boolean {
  return 'takesBytes' in (routeOptions.config ?? {});
}

/**
 * The value of a JSON text, within the bounds of every body.
 *
 * @throws Problem `malformed_body`, or `invalid_input` for too many values
 */
export async function jsonIn(request: FastifyRequest, body: Buffer): Promise<unknown> {
  const beyond = excessOf(body);
  if (beyond) throw beyond;
  return parsed(body.toString(), secureParser(request));
}

function secureParser(request: FastifyRequest): Parse {
  const secure = request.server.getDefaultJsonParser('error', 'error') as (
    request: FastifyRequest,
    body: string,
    done: (error: Error | null, value?: unknown) => void,
  ) => void;
  return (text) => {
    let value: unknown;
    secure(request, text, (error, found) => {
      if (error) throw error;
      value = found;
    });
    return value;
  };
}

async function parsed(body: string, parse: Parse): Promise<unknown> {
  try {
    return body.length > LARGE ? await parseInSlices(body, parse) : parse(body);
  } catch {
    throw new Problem('malformed_body', 'The body is not valid JSON, or it has a property named __proto__.');
  }
}

/** The bound that a JSON text exceeds, found before it is parsed; or null. */
function excessOf(body: Buffer): Problem | null {
  if (jsonDepthExceeds(body, DEEPEST_JSON))
    return new Problem('malformed_body', `The body nests deeper than ${DEEPEST_JSON} levels.`);
  if (!jsonMembersExceed(body, MOST_VALUES)) return null;
  const most = MOST_VALUES.toLocaleString('en');
  return Problem.field('', 'tooManyValues', `The body holds more than ${most} values. Send less at once.`);
}
