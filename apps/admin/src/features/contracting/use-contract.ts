import { useQuery, useSubscription } from '@apollo/client/react';
import { useOnReturn } from '~/app/live';
import { CONTRACT, CONTRACT_CHANGED } from './operations';

/** The contract, kept up to date by the server; after a gap in the connection it is asked for again. */
export function useContract(ref: string) {
  const query = useQuery(CONTRACT, { variables: { ref } });
  useSubscription(CONTRACT_CHANGED, { variables: { ref }, ignoreResults: true });
  useOnReturn(() => void query.refetch());
  return query;
}
