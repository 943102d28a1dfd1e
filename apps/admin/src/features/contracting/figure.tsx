import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { formatAmount, type Amount } from '~/ui/format';
import { useMaySeeEntries } from './may-see-entries';
import type { ContractShown } from './use-contract';

/** An amount that leads to the entries behind it, for those who may see them. */
export function Figure({ contract, amount }: { readonly contract: ContractShown; readonly amount: Amount }) {
  const words = <span className="cw-number">{formatAmount(amount)}</span>;
  if (!useMaySeeEntries(contract)) return words;
  return (
    <Anchor component={Link} to={`/contracts/${contract.ref}/entries`}>
      {words}
    </Anchor>
  );
}
