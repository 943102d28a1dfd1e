import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ContractFigure } from '~/generated/graphql';
import { formatAmount, type Amount } from '~/ui/format';
import { useMaySeeEntries } from './may-see-entries';
import type { ContractShown } from './use-contract';

interface FigureProps {
  readonly contract: ContractShown;
  readonly amount: Amount;
  readonly figure: ContractFigure;
  /** By its slug; of all supporters where it is left out. */
  readonly supporter?: string;
}

/**
 * An amount that leads to the entries behind it, for those who may see them, and to the registry's totals by value
 * date for everybody else.
 */
export function Figure({ contract, amount, figure, supporter }: FigureProps) {
  const maySee = useMaySeeEntries(contract);
  const words = <span className="cw-number">{formatAmount(amount)}</span>;
  if (amount.amountMinor === '0' || contract.state === 'draft') return words;
  if (!maySee) {
    return (
      <Anchor
        href={`/registry/contracts/${contract.ref}#${figure === 'pledged' ? 'pledges' : 'money'}`}
        inherit
      >
        {words}
      </Anchor>
    );
  }
  const search = new URLSearchParams({ figure, ...(supporter !== undefined && { supporter }) });
  return (
    <Anchor component={Link} to={`/contracts/${contract.ref}/entries?${search}`} inherit>
      {words}
    </Anchor>
  );
}

/** What was agreed and not booked leads to the release that it was agreed in. */
export function AgreedFigure({
  contract,
  children,
}: {
  readonly contract: ContractShown;
  readonly children: ReactNode;
}) {
  const release = contract.currentRelease;
  if (!release) return children;
  return (
    <Anchor href={`/registry/contracts/${contract.ref}/releases/${release.number}`} inherit>
      {children}
    </Anchor>
  );
}
