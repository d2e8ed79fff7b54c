import { about } from '../config/about.js';
import type * as Package from '@graphql-yoga/render-graphiql/graphiql';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ICON } from './html.js';

/**
 * GraphiQL with all files from our own origin. Its editor creates style elements at run time, so inline styles are allowed;
 * scripts and workers are files.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** On a phone the answer is shown below the query. */
const LAYOUT = `body { margin: 0; } #root { height: 100vh; height: 100dvh; }
@media (max-width: 40rem) {
  #graphiql-session { flex-direction: column; }
  #graphiql-session > * { min-height: 0; }
  .graphiql-container .graphiql-logo { display: none; }
}`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kith: GraphiQL</title>
<link rel="icon" href="${ICON}"><link rel="stylesheet" href="/pages/graphiql.css">
<style>${LAYOUT}</style>
</head>
<body id="body" class="no-focus-outline">
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
<script src="/pages/graphiql.js"></script><script src="/pages/graphiql-start.js"></script>
</body>
</html>
`;

const HINT = `# Put your key into the headers below,
# then run this with Ctrl-Enter.
`;

/** Without `endpoint` it sends requests to the address of its page; with one it would also send subscriptions there. */
const options = (): object => ({
  title: 'Kith',
  logo: `<img src="${ICON}" width="28" height="28" alt="">`,
  subscriptionsProtocol: 'GRAPHQL_SSE',
  defaultQuery: `${HINT}${about().query}`,
  headers: '{\n  "authorization": "Bearer kith_..."\n}',
  shouldPersistHeaders: false,
});

const start = (): string => `self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => '/pages/' + label + '.worker.js',
};
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  ...${JSON.stringify(options())},
  subscriptionsEndpoint: new URL('/graphql/stream', location.href).href,
});
`;

const SCRIPT = 'text/javascript; charset=utf-8';

/** One file of the page. */
export interface Asset {
  readonly type: string;
  readonly text: string;
}

/** A file of GraphiQL, or null. They are 9 MB of text, which is read on the first request. */
export async function graphiqlAsset(name: string): Promise<Asset | null> {
  if (name === 'graphiql-start.js') return { type: SCRIPT, text: start() };
  const read = FILES[name];
  return read ? read(await import('@graphql-yoga/render-graphiql/graphiql')) : null;
}

const FILES: Readonly<Record<string, (files: typeof Package) => Asset>> = {
  'graphiql.js': ({ js }) => ({ type: SCRIPT, text: js }),
  'graphiql.css': ({ css }) => ({ type: 'text/css; charset=utf-8', text: css }),
  'editorWorkerService.worker.js': ({ editorWorkerService }) => ({ type: SCRIPT, text: editorWorkerService }),
  'json.worker.js': ({ jsonWorker }) => ({ type: SCRIPT, text: jsonWorker }),
  'graphql.worker.js': ({ graphqlWorker }) => ({ type: SCRIPT, text: graphqlWorker }),
};

/** A browser that opens `/graphql` gets GraphiQL; other clients that send GET to the same address are answered by Apollo. */
export function showsGraphiql(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (!isBrowser(request)) return done();
    void reply
      .header('content-security-policy', POLICY)
      .header('vary', 'accept')
      .type('text/html; charset=utf-8')
      .send(PAGE);
  });
}

function isBrowser({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && /^\/graphql(\?|$)/.test(url) && /\btext\/html\b/.test(headers.accept ?? '');
}
