import type { Currency, Day, Money } from '#kernel';
import type { SheetAmounts, SheetRow } from '../sheet.js';
import { owedRoot, type AccountOfRow, type SheetTotalWithBooks } from '../sheet.service.js';
import type { SheetRowModel, SheetTotalModel } from './sheet.model.js';

export function rowView(sheetRow: SheetRow, today: Day, accountOf: AccountOfRow): SheetRowModel {
  const { pledgeId, dueMinor, ...row } = sheetRow;
  return {
    ...row,
    ...amountsView(row, row.currency),
    id: pledgeId,
    due: dueMinor === null ? null : { amountMinor: dueMinor, currency: row.currency },
    isOverdue: row.dueOn !== null && row.dueOn < today,
    owedAccountId: accountOf(sheetRow, owedRoot(row.instrument)),
    awaitedAccountId: accountOf(sheetRow, 'assets:pledges'),
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
