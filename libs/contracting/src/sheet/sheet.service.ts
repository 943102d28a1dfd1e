import { Inject, Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Clock, type Currency, type Id } from '#kernel';
import { CommunityDirectory, type CommunitySummary } from '#identity';
import { LedgerReader, type AccountSummary } from '#ledger';
import { ObligationReader } from '../persistence/obligation.reader.js';
import type { Instrument } from '../domain/instrument.js';
import { instalmentsOwed } from '../domain/obligation.js';
import { nextDue } from '../domain/schedule.js';
import { openParts, type OpenPart } from '../domain/returns/index.js';
import { CLOCK, isMember, requireRole, type Keyset, type Viewer } from '#platform';
import { sheetCsvHead, sheetCsvRow } from './sheet-csv.js';
import { SheetReader } from './sheet.reader.js';
import type {
  SheetFilter,
  SheetLine,
  SheetOrder,
  SheetRow,
  SheetScope,
  SheetSide,
  SheetTotal,
} from './sheet.js';

/** Some 300 kB of rows at a time while a file is written. */
const LOT_ROWS = 1_000;

/** What the ledger says of the same pledges. */
export interface SheetInBooks {
  readonly awaitedMinor: bigint;
  readonly owedMinor: bigint;
}

export interface SheetTotalWithBooks extends SheetTotal {
  /** Null where the ledger cannot tell: it knows contracts and supporters, and not what is due. */
  readonly books: SheetInBooks | null;
}

export interface SheetChoices {
  readonly supporters: readonly CommunitySummary[];
  readonly contracts: readonly { readonly ref: string; readonly title: string }[];
}

/** Finds the account of a row's supporter under a root such as `liabilities:loans`; for those who keep the books. */
export type AccountOfRow = (row: SheetRow, root: string | null) => Id<'account'> | null;

/** One table of pledges, payments and obligations, for a fablab's treasurers or for a supporter's members. */
@Injectable()
export class SheetService {
  constructor(
    private readonly reader: SheetReader,
    private readonly communities: CommunityDirectory,
    private readonly ledger: LedgerReader,
    private readonly obligations: ObligationReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN` */
  async rows(
    viewer: Viewer,
    of: { readonly communityId: string; readonly side: SheetSide },
    filter: SheetFilter,
    order: SheetOrder,
    keyset: Keyset,
  ): Promise<{ readonly rows: SheetRow[]; readonly accountOf: AccountOfRow }> {
    const { scope } = await this.open(viewer, of);
    const rows = await this.withOpen(await this.reader.rows(scope, filter, order, keyset));
    const accounts = scope.side === 'fablab' ? await this.ledger.accountsOf(scope.communityId) : [];
    const ids = new Map(accounts.map(({ id, code, currency }) => [`${code} ${currency}`, id]));
    const slugs = new Map(scope.supporters.map(({ id, slug }) => [id, slug]));
    return {
      rows,
      accountOf: ({ supporterId, currency }, root) =>
        root === null ? null : (ids.get(`${root}:${slugs.get(supporterId) ?? ''} ${currency}`) ?? null),
    };
  }

  /** @throws as `rows` */
  async totals(
    viewer: Viewer,
    of: { readonly communityId: string; readonly side: SheetSide },
    filter: SheetFilter,
  ): Promise<SheetTotalWithBooks[]> {
    const { scope, supporters } = await this.open(viewer, of);
    const totals = await this.reader.totals(scope, filter);
    const comparable = scope.side === 'fablab' && filter.due === null && comparableState(filter);
    if (!comparable) return totals.map((total) => ({ ...total, books: null }));
    const accounts = filter.contractRef
      ? await this.ledger.accountsOfReference(scope.communityId, filter.contractRef)
      : await this.ledger.accountsOf(scope.communityId);
    const supporter = supporters.find(({ id }) => id === filter.supporterId)?.slug ?? null;
    return totals.map((total) => ({ ...total, books: inBooks(accounts, total.currency, supporter) }));
  }

  /** @throws as `rows` */
  async choices(
    viewer: Viewer,
    of: { readonly communityId: string; readonly side: SheetSide },
  ): Promise<SheetChoices> {
    const { supporters, contracts } = await this.open(viewer, of);
    return { supporters, contracts };
  }

  /** The rows as CSV, exactly those that are filtered. @throws as `rows`, before the first line */
  async csv(
    viewer: Viewer,
    of: { readonly communityId: string; readonly side: SheetSide },
    filter: SheetFilter,
    order: SheetOrder,
  ): Promise<AsyncGenerator<string>> {
    const { scope, supporters } = await this.open(viewer, of);
    return this.lines(scope, supporters, filter, order);
  }

  /** Loans with instalments need no second look: what is owed for them stands in their row. */
  private async withOpen(lines: readonly SheetLine[]): Promise<SheetRow[]> {
    const others = lines
      .filter(({ returnKind, isShare }) => returnKind !== 'money' || isShare)
      .map(({ pledgeId }) => pledgeId);
    const found = others.length > 0 ? await this.obligations.ofPledges(others) : [];
    const obligationOf = new Map(found.map(({ obligation }) => [obligation.pledgeId, obligation]));
    return lines.map((line) => {
      const obligation = obligationOf.get(line.pledgeId);
      if (!obligation) return { ...line, open: moneyOf(line) };
      const due = nextDue(instalmentsOwed(obligation));
      return {
        ...line,
        open: openParts(obligation),
        dueOn: due?.dueOn ?? null,
        dueMinor: due?.openMinor ?? null,
      };
    });
  }

  private async *lines(
    scope: SheetScope,
    supporters: readonly CommunitySummary[],
    filter: SheetFilter,
    order: SheetOrder,
  ): AsyncGenerator<string> {
    const byId = new Map(supporters.map((supporter) => [supporter.id, supporter]));
    yield sheetCsvHead();
    let after: readonly string[] | null = null;
    for (;;) {
      const keyset: Keyset = { first: LOT_ROWS, limit: LOT_ROWS, after };
      const rows: SheetRow[] = await this.withOpen(await this.reader.rows(scope, filter, order, keyset));
      yield rows.map((row) => sheetCsvRow(row, byId.get(row.supporterId) ?? { name: '', slug: '' })).join('');
      const last = rows.at(-1);
      if (!last || rows.length < LOT_ROWS) return;
      after = [last.sortKey, last.pledgeId];
    }
  }

  private async open(
    viewer: Viewer,
    of: { readonly communityId: string; readonly side: SheetSide },
  ): Promise<{
    scope: SheetScope;
    supporters: readonly CommunitySummary[];
    contracts: SheetChoices['contracts'];
  }> {
    const communityId = checkInput((check) => check.id<'community'>('communityId', of.communityId));
    requireSheet(viewer, communityId, of.side);
    const { supporterIds, contracts } = await this.reader.choices(communityId, of.side);
    const found = await this.communities.byIds(supporterIds);
    const supporters = found.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
    const today = dayOf(this.clock.now());
    return { scope: { communityId, side: of.side, today, supporters }, supporters, contracts };
  }
}

/** Money that is owed: as money, or as units that were paid for (docs/adr/0003-ledger-accounts.md). */
const LOANS = 'liabilities:loans';
const PREPAID = 'liabilities:prepaid';

/** The account behind what is owed for a pledge; null where no money is. */
export function owedRoot(instrument: Instrument): string | null {
  if (instrument === 'loan') return LOANS;
  return instrument === 'pre-purchase' || instrument === 'premium' ? PREPAID : null;
}

function moneyOf({ owedMinor }: SheetLine): readonly OpenPart[] {
  return owedMinor > 0n ? [{ kind: 'money', amountMinor: owedMinor }] : [];
}

/** A fablab's sheet is for those who keep its books; what a community gave is for all its members. */
function requireSheet(viewer: Viewer, communityId: Id<'community'>, side: SheetSide): void {
  if (side === 'fablab') requireRole(viewer, communityId, ['treasurer', 'coordinator'], 'read its sheet');
  else if (!isMember(viewer, communityId))
    throw DomainError.forbidden('Only members of this community can read what it gave.');
}

/** What was withdrawn or voided stands in no account, and a pledge that binds in the same one as a fulfilled one. */
function comparableState({ state }: SheetFilter): boolean {
  return state === 'standing' || state === 'all';
}

function inBooks(
  accounts: readonly AccountSummary[],
  currency: Currency,
  supporter: string | null,
): SheetInBooks {
  const sum = (...roots: readonly string[]): bigint =>
    accounts
      .filter((account) => account.currency === currency)
      .filter(({ code }) =>
        roots.some((root) => (supporter ? code === `${root}:${supporter}` : code.startsWith(`${root}:`))),
      )
      .reduce((total, { balanceMinor }) => total + balanceMinor, 0n);
  return { awaitedMinor: sum('assets:pledges'), owedMinor: sum(LOANS, PREPAID) };
}
