import { formatMilli, type Currency, type Day, type Money } from '#kernel';
import type { SheetAmounts, SheetGoods, SheetRow } from '../sheet.js';
import { owedRoot, type AccountOfRow, type SheetTotalWithBooks } from '../sheet.service.js';
import type { SheetGoodsModel, SheetRowModel, SheetTotalModel } from './sheet.model.js';

export function rowView(sheetRow: SheetRow, today: Day, accountOf: AccountOfRow): SheetRowModel {
  const { pledgeId, dueMinor, goods, open, returnKind, isShare: _isShare, ...row } = sheetRow;
  const units = open.find((part) => part.kind === 'units');
  const freeUnits = open.find((part) => part.kind === 'freeUnits');
  return {
    ...row,
    ...amountsView(row, row.currency),
    id: pledgeId,
    returns: returnKind,
    goods: goods && goodsView(goods, open),
    unitsOwed: units?.units ?? 0,
    freeUnitsOwed: freeUnits?.units ?? 0,
    // A loan can go back in money, whatever was agreed.
    isRepayable: row.instrument === 'loan' ? row.owedMinor > 0n : open.some(({ kind }) => kind === 'money'),
    due: dueMinor === null ? null : { amountMinor: dueMinor, currency: row.currency },
    isOverdue: row.dueOn !== null && row.dueOn < today,
    owedAccountId: accountOf(sheetRow, owedRoot(row.instrument)),
    awaitedAccountId: accountOf(sheetRow, 'assets:pledges'),
  };
}

function goodsView({ item, unit, ...milli }: SheetGoods, open: SheetRow['open']): SheetGoodsModel {
  const tool = open.find((part) => part.kind === 'tool');
  return {
    item,
    unit,
    pledged: formatMilli(milli.pledgedMilli),
    received: formatMilli(milli.receivedMilli),
    awaited: formatMilli(milli.awaitedMilli),
    returned: formatMilli(milli.returnedMilli),
    owed: formatMilli(tool?.milli ?? 0n),
  };
}

export function totalView({ books, ...total }: SheetTotalWithBooks): SheetTotalModel {
  const { currency, awaitedMinor, owedMinor } = total;
  return {
    ...amountsView(total, currency),
    currency,
    pledges: total.pledges,
    books: books && {
      awaited: { amountMinor: books.awaitedMinor, currency },
      owed: { amountMinor: books.owedMinor, currency },
      agrees: books.awaitedMinor === awaitedMinor && books.owedMinor === owedMinor,
    },
  };
}

function amountsView(amounts: SheetAmounts, currency: Currency) {
  const money = (amountMinor: bigint): Money => ({ amountMinor, currency });
  return {
    pledged: money(amounts.pledgedMinor),
    received: money(amounts.receivedMinor),
    awaited: money(amounts.awaitedMinor),
    repaid: money(amounts.repaidMinor),
    forgiven: money(amounts.forgivenMinor),
    waived: money(amounts.waivedMinor),
    owed: money(amounts.owedMinor),
  };
}
