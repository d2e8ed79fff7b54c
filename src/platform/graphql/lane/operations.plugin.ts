import { HeaderMap } from '@apollo/server';
import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextWillSendResponse,
  GraphQLRequestListener,
  GraphQLResponse,
} from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Breather } from '../../../kit/breather.js';
import type { Reply, Request } from '../../auth/request.js';
import type { JsonText } from '../../projection/json-text.js';
import { answerLegacyClients } from '../legacy-status.js';
import { coercedOperationOf } from './coerced-operation.js';
import type { CoercedOperation } from './coerced-operation.js';
import { priceRefusal, variablesRefusal } from './price.js';
import { TextLane } from './text-lane.js';

interface Both {
  readonly req: Request;
  readonly reply: Reply;
}

/** When off, graphql-js answers everything, so that a test can compare the two lanes. */
export abstract class TextLaneSwitch {
  abstract readonly on: boolean;
}

const MOST_PRICES = 2_000;

/** Refuses operations that cost too much before they run, and answers with PostgreSQL's text where possible. */
@Plugin()
export class OperationsPlugin implements ApolloServerPlugin<Both> {
  private readonly refusals = new LRUCache<string, { readonly refusal: GraphQLError | null }>({ max: MOST_PRICES });

  constructor(
    private readonly lane: TextLane,
    private readonly laneSwitch: TextLaneSwitch,
  ) {}

  requestDidStart(): Promise<GraphQLRequestListener<Both>> {
    let asked: CoercedOperation | null = null;
    const breather = new Breather();
    return Promise.resolve({
      didResolveOperation: async (context: GraphQLRequestContext<Both>): Promise<void> => {
        const crowded = variablesRefusal(context);
        await breather.breathe();
        asked = crowded ? null : coercedOperationOf(context);
        await breather.breathe();
        const refusal = crowded ?? (asked && this.refusalOf(asked));
        if (refusal) throw refusal;
      },
      responseForOperation: async ({ contextValue: { req, reply } }: GraphQLRequestContext<Both>) => {
        const data = asked && this.laneSwitch.on ? await this.lane.answer(asked, req, reply) : null;
        return data && answerOf(data);
      },
      willSendResponse: ({ request, response }: GraphQLRequestContextWillSendResponse<Both>): Promise<void> => {
        answerLegacyClients(request, response);
        return Promise.resolve();
      },
    });
  }

  private refusalOf(asked: CoercedOperation): GraphQLError | null {
    const known = this.refusals.get(asked.key);
    if (known) return known.refusal;
    const refusal = priceRefusal(asked);
    this.refusals.set(asked.key, { refusal });
    return refusal;
  }
}

/** `stringifyResult` writes the text as it is. */
function answerOf(data: JsonText): GraphQLResponse {
  const singleResult = { data: data as unknown as Record<string, unknown> };
  return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
}
