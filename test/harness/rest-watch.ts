import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Docs } from '../../src/platform/http/docs.js';
import { RestContract } from './rest-contract.js';

/** Checks every REST answer of a program, in whatever way the request was sent, and keeps those that break the contract. */
export class RestWatch {
  judged = 0;
  private readonly broken: string[] = [];
  private contract: RestContract | null = null;

  /** That of the usual features, which most programs of a process have: writing and reading it takes a third of a second. */
  private static usual: RestContract | null = null;

  /**
   * Must be called before the program listens.
   *
   * @param hasUsualFeatures whether its document is that of the program as it is
   */
  constructor(app: NestFastifyApplication, hasUsualFeatures: boolean) {
    const docs = app.get(Docs);
    const written = (): RestContract => new RestContract(docs.document as never);
    const contract = (): RestContract => (hasUsualFeatures ? (RestWatch.usual ??= written()) : written());
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onSend', (request, reply, payload, done) => {
        if (/^\/(v1|health)\b/.test(request.url) && (payload == null || typeof payload === 'string')) {
          this.contract ??= contract();
          const { method, url } = request;
          const contentType = String(reply.getHeader('content-type') ?? '');
          this.judged += 1;
          const violation = this.contract.violation({
            ...{ method, url, status: reply.statusCode },
            ...{ contentType, body: payload ?? '' },
          });
          if (violation) this.broken.push(violation);
        }
        done(null, payload);
      });
  }

  /** @throws Error with everything that broke the contract since the last call */
  assertKept(): void {
    const broken = this.broken.splice(0);
    if (broken.length > 0)
      throw new Error(
        `${broken.length} answers break the REST contract:\n${[...new Set(broken)].slice(0, 20).join('\n')}`,
      );
  }
}
