import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError } from '#kernel';
import type { Logger } from '../logging/logger.js';

/** Codes of errors in the request itself, which GraphQL's own sentence explains best. */
const REQUEST_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/**
 * What a client is told: a `DomainError` with its code and details, a mistake in the request as GraphQL says it,
 * and anything else masked, with an incident id that the log holds beside the real error.
 */
export function errorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    if (original instanceof DomainError) {
      return {
        message: original.message,
        ...place,
        extensions: { code: original.code, details: original.details },
      };
    }
    if (isRequestError(formatted, error)) {
      // graphql-armor's parser gives a torn document the code of an invalid one, and the document's text after the sentence.
      const torn = /^Syntax Error: (?!.*limit)/.test(formatted.message);
      const code = torn
        ? 'GRAPHQL_PARSE_FAILED'
        : (formatted.extensions?.['code'] ?? 'GRAPHQL_VALIDATION_FAILED');
      const [message = ''] = formatted.message.split('\n\n');
      return { message, ...place, extensions: { code } };
    }
    const incident = randomUUID();
    logger.error({ incident, err: original, path: formatted.path }, 'unexpected error in a GraphQL request');
    return {
      message: `Something went wrong on our side. If it happens again, please report incident ${incident}.`,
      ...place,
      extensions: { code: 'INTERNAL', incident },
    };
  };
}

/** Rules of graphql-armor arrive as plain GraphQLErrors, without a code or a path. */
function isRequestError(formatted: GraphQLFormattedError, error: unknown): boolean {
  if (REQUEST_CODES.has(formatted.extensions?.['code'])) return true;
  return error instanceof GraphQLError && error.originalError === undefined && !formatted.path;
}
