import type { FastifyInstance, FastifyRequest } from 'fastify';

interface KnownRoute {
  readonly path: RegExp;
  readonly methods: readonly string[];
}

const routes = Symbol('routes');
type Remembering = FastifyInstance & { readonly [routes]?: KnownRoute[] };

/** Records every route, so that a wrong method can be distinguished from a wrong address. */
export function rememberRoutes(server: FastifyInstance): void {
  const known: KnownRoute[] = [];
  server.decorate(routes, known);
  server.addHook('onRoute', ({ url, method }) => {
    known.push({ path: patternOf(url), methods: [method].flat() });
  });
}

/** The methods that the request's address allows (RFC 9110 §10.2.1); none if there is no such address. */
export function allowedMethods(request: FastifyRequest): readonly string[] {
  const known = (request.server as Remembering)[routes] ?? [];
  const path = request.url.split('?')[0] ?? '';
  const found = known.filter((route) => route.path.test(path)).flatMap(({ methods }) => methods);
  return [...new Set(found)].sort();
}

function patternOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
