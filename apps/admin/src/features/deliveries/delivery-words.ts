import type { ContractShown } from '~/features/contracting/use-contract';
import type { ContractDeliveriesFragment } from '~/generated/graphql';

export type DeliveryShown = ContractDeliveriesFragment['deliveries'][number];

/** The product of a line, as people call it. */
export function productOfLine(contract: Pick<ContractShown, 'deliverables'>, line: number): string {
  return contract.deliverables.find(({ position }) => position === line)?.productVersion.product.name ?? '…';
}
