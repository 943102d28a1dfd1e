import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { ErrorCode, Problem } from '#kernel';
import { i18next } from '~/app/i18n';

/** What went wrong, ready to be shown: one sentence, and a sentence for each field. */
export interface Failure {
  readonly code: ErrorCode | 'INTERNAL' | 'NETWORK' | (string & {});
  readonly message: string;
  readonly problems: readonly Problem[];
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'field' in value && 'message' in value;
}

/** Reads the API's refusals; anything else means that it was not reached or did not answer as it should. */
export function failureOf(error: unknown): Failure {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    const extensions = first?.extensions as { code?: string; details?: { problems?: unknown } } | undefined;
    const listed = extensions?.details?.problems;
    return {
      code: extensions?.code ?? 'INTERNAL',
      message: first?.message ?? i18next.t('error.unknown'),
      problems: Array.isArray(listed) ? listed.filter(isProblem) : [],
    };
  }
  return { code: 'NETWORK', message: i18next.t('error.network'), problems: [] };
}
