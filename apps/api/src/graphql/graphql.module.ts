import { ApolloArmor } from '@escape.tech/graphql-armor';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { IdentityModule } from '#identity';
import {
  CONFIG,
  LOGGER,
  enforcePolicies,
  errorFormatter,
  type Config,
  type Logger,
  type RequestContext,
} from '#platform';
import { ContextFactory, type OpenSocket } from './context.factory.js';

/** Bounds on one document. The app's largest query is 10 levels deep and well within the others. */
const LIMITS = { depth: 12, aliases: 15, tokens: 1500, directives: 20, cost: 20_000 } as const;

interface SocketContext {
  readonly extra: OpenSocket;
}

@Module({ imports: [IdentityModule], providers: [ContextFactory], exports: [ContextFactory] })
class ContextModule {}

/** GraphQL over HTTP and WebSocket at `/graphql`, code first. */
@Module({})
export class ApiGraphqlModule {
  static forRoot(): DynamicModule {
    return {
      module: ApiGraphqlModule,
      imports: [
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          imports: [ContextModule],
          inject: [ContextFactory, CONFIG, LOGGER],
          useFactory: options,
        }),
      ],
    };
  }
}

function options(contexts: ContextFactory, config: Config, logger: Logger): ApolloDriverConfig {
  const armor = protection();
  return {
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    // The public API is documented by its schema; hiding it would protect nothing.
    introspection: true,
    playground: false,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    transformSchema: enforcePolicies,
    validationRules: armor.validationRules,
    plugins: [
      // It wraps every field to collect hints that this schema does not give; Apollo's share of a list fell from 10 to 5 %.
      ApolloServerPluginCacheControlDisabled(),
      // The library types its plug-ins against the CommonJS build of the same server.
      ...(armor.plugins as unknown as NonNullable<ApolloDriverConfig['plugins']>),
    ],
    formatError: errorFormatter(logger),
    context: (...args: unknown[]): Promise<RequestContext> => contextOf(contexts, args),
    subscriptions: {
      'graphql-ws': {
        path: '/graphql',
        onConnect: (socket) => sameOrigin(socket as never, config),
        ...overSocket(errorFormatter(logger)),
      },
    },
  };
}

/** Apollo formats what it answers itself; answers over a WebSocket pass it by, and must be masked as well. */
function overSocket(format: ReturnType<typeof errorFormatter>) {
  const formatAll = (errors: readonly GraphQLError[]) => errors.map((error) => format(error.toJSON(), error));
  return {
    onError: (_socket: unknown, _id: string, _payload: unknown, errors: readonly GraphQLError[]) =>
      formatAll(errors),
    onNext: (_socket: unknown, _id: string, _payload: unknown, _args: unknown, result: ExecutionResult) =>
      result.errors ? { ...result, errors: formatAll(result.errors) } : undefined,
  };
}

function protection(): ReturnType<ApolloArmor['protect']> {
  return new ApolloArmor({
    maxDepth: { n: LIMITS.depth },
    maxAliases: { n: LIMITS.aliases, allowList: [] },
    maxTokens: { n: LIMITS.tokens },
    maxDirectives: { n: LIMITS.directives },
    costLimit: { maxCost: LIMITS.cost },
    blockFieldSuggestion: { enabled: false },
  }).protect();
}

/** Apollo on Fastify calls with request and reply; graphql-ws with one socket. */
function contextOf(contexts: ContextFactory, args: readonly unknown[]): Promise<RequestContext> {
  const [first, second] = args;
  if (isSocket(first)) return contexts.ofSocket(first.extra);
  return contexts.ofRequest(first as FastifyRequest, second as FastifyReply);
}

/** Both call with several arguments (graphql-ws adds message and document), so the first one must tell. */
function isSocket(first: unknown): first is SocketContext {
  return typeof first === 'object' && first !== null && 'extra' in first;
}

/** Browsers send cookies with WebSockets from any site, so a foreign page must be turned away here. */
function sameOrigin(socket: SocketContext, config: Config): boolean {
  const { origin, host } = socket.extra.request.headers;
  if (origin === undefined) return true;
  const allowed = config.publicUrl ? new URL(config.publicUrl).host : host;
  return URL.canParse(origin) && new URL(origin).host === allowed;
}
