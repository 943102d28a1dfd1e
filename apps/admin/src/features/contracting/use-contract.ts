import { useQuery, useSubscription } from '@apollo/client/react';
import { useOnReturn } from '~/app/live';
import type { ContractQuery } from '~/generated/graphql';
import { CONTRACT, CONTRACT_CHANGED } from './operations';

/** A contract as its page shows it, what is owed for each pledge included. */
export type ContractShown = NonNullable<ContractQuery['contract']>;
export type PledgeShown = ContractShown['pledges'][number];

/** The contract, kept up to date by the server; after a gap in the connection it is asked for again. */
export function useContract(ref: string) {
  const query = useQuery(CONTRACT, { variables: { ref } });
  useSubscription(CONTRACT_CHANGED, { variables: { ref }, ignoreResults: true });
  useOnReturn(() => void query.refetch());
  return query;
}
