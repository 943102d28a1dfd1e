import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
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

/** An amount that leads to the ledger entries behind it, for whom they are; of hours and goods the quantity. */
export function SheetFigure({ row, name, side, withCurrency = true }: SheetFigureProps) {
  const { t } = useTranslation('sheet');
  const amount = row[name];
  const goods = quantityOf(row, name);
  const others = [
    ...(goods === null || !row.goods ? [] : [`${goods} ${row.goods.unit}`]),
    ...(name === 'owed' && row.unitsOwed > 0 ? [t('units', { count: row.unitsOwed })] : []),
    ...(name === 'owed' && row.freeUnitsOwed > 0 ? [t('freeUnits', { count: row.freeUnitsOwed })] : []),
  ];
  // Nothing but what it is made of: a row of hours has no money to show.
  const withMoney = !row.goods || amount.amountMinor !== '0';
  return (
    <>
      {withMoney && <MoneyFigure row={row} name={name} side={side} withCurrency={withCurrency} />}
      {others.map((words) => (
        <div key={words} className="cw-number">
          {words}
        </div>
      ))}
    </>
  );
}

/** Something but zero stands there. */
export function hasFigure(row: SheetLineFragment, name: FigureName): boolean {
  const goods = quantityOf(row, name);
  return row[name].amountMinor !== '0' || (goods !== null && goods !== '0');
}

function quantityOf({ goods, returns }: SheetLineFragment, name: FigureName): string | null {
  if (!goods) return null;
  if (name === 'repaid') return returns === 'tool' ? goods.returned : null;
  if (name !== 'owed') return goods[name];
  return returns === 'tool' ? goods.owed : null;
}

function MoneyFigure({ row, name, side, withCurrency = true }: SheetFigureProps) {
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
