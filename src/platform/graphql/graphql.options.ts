import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { FormattedExecutionResult } from 'graphql';
import type { Config } from '../config/config.js';
import type { Log } from '../config/log.js';
import { playRelations } from '../contract/pages.js';
import { JsonText } from '../projection/json-text.js';
import { formatGraphqlError } from '../errors/graphql-error.js';
import { MOST_ERRORS, MOST_TOKENS, limits } from './limits.js';
import { plainResolvers } from './resolvers.js';

/** The options of Apollo: no cache-control bookkeeping, no trivial resolvers, a bounded store of documents. */
export function graphqlOptions(config: Config, log: Log): ApolloDriverConfig {
  playRelations();
  return {
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    introspection: config.introspection !== 'false',
    context: (req: unknown, reply: unknown) => ({ req, reply }),
    transformSchema: plainResolvers,
    transformAutoSchemaFile: false,
    formatError: formatGraphqlError(log),
    autoTransformHttpErrors: false,
    includeStacktraceInErrorResponses: false,
    preserveHttpStatusForExecutionErrors: true,
    cache: 'bounded',
    stringifyResult: written,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationRules: [limits],
    validationOptions: { maxErrors: MOST_ERRORS },
    executionOptions: { maxCoercionErrors: 1 },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  };
}

/** The text lane's `data` is text already. */
function written(result: FormattedExecutionResult): string {
  const data: unknown = result.data;
  return data instanceof JsonText ? `{"data":${data.text}}` : JSON.stringify(result);
}
