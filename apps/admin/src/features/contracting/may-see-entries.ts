import { hasRole, useViewer } from '~/features/identity/use-viewer';
import type { ContractShown } from './use-contract';

/** Supporters while something is owed to them, and those who keep the fablab's books. */
export function useMaySeeEntries(contract: ContractShown): boolean {
  const viewer = useViewer();
  return contract.viewerHasScrutiny || hasRole(viewer, contract.fablab.id, 'coordinator', 'treasurer');
}
