import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { formatAmount, formatFigure } from '~/ui/format';
import type { SheetLineFragment, SheetSide } from '~/generated/graphql';

export type FigureName = 'pledged' | 'received' | 'awaited' | 'repaid' | 'owed';

interface SheetFigureProps {
  readonly row: SheetLineFragment;
  readonly name: FigureName;
  readonly side: SheetSide;
  /** False where the currency of the whole column is said once. */
  readonly withCurrency?: boolean;
}

/** An amount that leads to the ledger entries behind it, for whom they are. */
export function SheetFigure({ row, name, side, withCurrency = true }: SheetFigureProps) {
  const amount = row[name];
  const words = withCurrency ? formatAmount(amount) : formatFigure(amount);
  const to = entriesOf(row, name, side);
  if (to === null || amount.amountMinor === '0') return <span className="cw-number">{words}</span>;
  return (
    <Anchor component={Link} to={to} className="cw-number" inherit>
      {words}
    </Anchor>
  );
}

/** A supporter reads entries while something is owed to it; who keeps the books reads the account itself. */
function entriesOf(row: SheetLineFragment, name: FigureName, side: SheetSide): string | null {
  const figure = name === 'awaited' ? 'outstanding' : name;
  const search = new URLSearchParams({ figure, supporter: row.supporter.slug });
  const ofContract = `/contracts/${row.contractRef}/entries?${search}`;
  if (side === 'supporter') return row.owed.amountMinor === '0' ? null : ofContract;
  const account = name === 'owed' ? row.owedAccountId : name === 'awaited' ? row.awaitedAccountId : null;
  return account ? `/ledger/${row.fablab.slug}/${account}` : ofContract;
}
