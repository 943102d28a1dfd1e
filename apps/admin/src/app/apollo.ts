import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { liveClient, reconnectLive } from './live';
import { timedFetch } from './server-time';

const PAGE_FIELDS = {
  keyArgs: ['state', 'communitySlug', 'mine', 'fablabSlug', 'accountId', 'contractRef'] as string[],
};

interface CachedPage {
  readonly nodes?: readonly unknown[];
}

/** Appends the next page of a connection; a first page (no `after`) replaces what was there. */
function appended(existing: CachedPage | undefined, incoming: CachedPage, after: unknown): CachedPage {
  if (!after || !existing) return incoming;
  return { ...incoming, nodes: [...(existing.nodes ?? []), ...(incoming.nodes ?? [])] };
}

const paged = {
  ...PAGE_FIELDS,
  merge: (
    existing: CachedPage | undefined,
    incoming: CachedPage,
    { args }: { args: Record<string, unknown> | null },
  ) => appended(existing, incoming, args?.['after']),
};

const link = ApolloLink.split(
  ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
  new GraphQLWsLink(liveClient),
  new HttpLink({ uri: '/graphql', credentials: 'same-origin', fetch: timedFetch }),
);

export const apollo = new ApolloClient({
  link,
  cache: new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          contracts: paged,
          products: paged,
          communities: paged,
          ledgerEntries: paged,
          contractEntries: paged,
          mails: paged,
          demoMails: paged,
          sheetRows: { ...paged, keyArgs: ['communityId', 'side', 'filter', 'sort', 'descending'] },
        },
      },
      // Values without an identity of their own replace what was cached.
      Contract: {
        fields: {
          funding: { merge: true },
          deliverables: { merge: false },
          milestones: { merge: false },
          scrutiny: { merge: false },
        },
      },
      Pledge: { fields: { obligation: { merge: false } } },
      Section: { fields: { counts: { merge: true }, jobs: { merge: false } } },
      Job: { fields: { notes: { merge: false } } },
    },
  }),
  defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
});

/** After signing in or out nothing cached may be shown to the next person. */
export async function changePerson(): Promise<void> {
  reconnectLive();
  // A query that fails here shows its own error on its own screen.
  await apollo.resetStore().catch(() => undefined);
}
