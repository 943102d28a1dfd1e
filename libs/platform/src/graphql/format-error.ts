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
    const code = formatted.extensions?.['code'];
    if (REQUEST_CODES.has(code)) {
      return { message: formatted.message, ...place, extensions: { code } };
    }
    // Rules of graphql-armor arrive as plain GraphQLErrors while the document is validated.
    if (error instanceof GraphQLError && error.originalError === undefined && !formatted.path) {
      return { message: formatted.message, ...place, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } };
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
