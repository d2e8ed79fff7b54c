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
import { breathe } from '../../../kit/breather.js';
import { Identification } from '../../auth/identification.js';
import type { Reply, Request } from '../../auth/request.js';
import { Problem } from '../../errors/problem.js';
import { JsonText } from '../../projection/json-text.js';
import { SavedFilterLookup } from '../../resources/saved-filters/saved-filter-lookup.js';
import { answerLegacyClients } from '../legacy-status.js';
import { coercedOperationOf, withSavedQueries } from './coerced-operation.js';
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
    private readonly identification: Identification,
    private readonly lookup: SavedFilterLookup,
  ) {}

  requestDidStart(): Promise<GraphQLRequestListener<Both>> {
    let asked: CoercedOperation | null = null;
    return Promise.resolve({
      // What is to be parsed and validated may be long.
      didResolveSource: breathe,
      didResolveOperation: async (context: GraphQLRequestContext<Both>): Promise<void> => {
        await breathe();
        const crowded = variablesRefusal(context);
        await breathe();
        asked = crowded ? null : coercedOperationOf(context);
        await breathe();
        const refusal = crowded ?? (asked && this.refusalOf(asked));
        if (refusal) throw refusal;
      },
      responseForOperation: async ({ contextValue: { req, reply } }: GraphQLRequestContext<Both>) => {
        if (!asked) return null;
        await breathe();
        const data = await this.answer(asked, req, reply).catch(refused);
        return data instanceof JsonText ? answerOf(data) : data;
      },
      willSendResponse: ({ request, response }: GraphQLRequestContextWillSendResponse<Both>): Promise<void> => {
        answerLegacyClients(request, response);
        sayWhenToComeBack(response);
        return Promise.resolve();
      },
    });
  }

  private async answer(asked: CoercedOperation, req: Request, reply: Reply): Promise<JsonText | null> {
    const found = asked.savedIds.length === 0 ? asked : await this.withSaved(asked, req, reply);
    return this.laneSwitch.on ? this.lane.answer(found, req, reply) : null;
  }

  /** The saved filters of the whole operation, in one statement, before either lane plans. Who is not known is refused later. */
  private async withSaved(asked: CoercedOperation, req: Request, reply: Reply): Promise<CoercedOperation> {
    const actor = await this.identification.identify(req, reply).catch(() => null);
    if (!actor) return asked;
    req.saved = await this.lookup.find(actor, asked.savedIds);
    return withSavedQueries(asked, req.saved);
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

/** @throws what is no refusal */
function refused(error: unknown): GraphQLResponse {
  if (!(error instanceof Problem)) throw error;
  const { message, code, status } = error;
  const singleResult = { errors: [{ message, extensions: { code, status } }] };
  return { http: { status, headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
}

/** REST's 503 says so in a header; here it is the same, and the status too where nothing was answered. */
function sayWhenToComeBack({ body, http }: GraphQLResponse): void {
  if (body.kind !== 'single') return;
  const { errors = [], data } = body.singleResult;
  if (!errors.some(({ extensions }) => extensions?.code === 'unavailable')) return;
  http.headers.set('retry-after', '1');
  if (!data || Object.values(data).every((value) => value === null)) http.status = 503;
}
