import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { DomainError, checkInput, type Id } from '#kernel';
import {
  CurrentViewer,
  PageArgs,
  Policy,
  hasRole,
  keysetOf,
  pageOf,
  requireRole,
  requireViewer,
  type Page,
  type Viewer,
} from '#platform';
import { LedgerReader, type AccountSummary } from '../ledger.reader.js';
import { LedgerTransferModel, transferView } from './transfer.model.js';
import { LedgerAccountModel, LedgerEntryConnection, type LedgerEntryModel } from './ledger.model.js';

@Resolver()
export class LedgerResolver {
  constructor(private readonly ledger: LedgerReader) {}

  @Query(() => [LedgerAccountModel], {
    description: 'The books of a community, for its treasurers and coordinators.',
  })
  @Policy('signedIn')
  async ledgerAccounts(
    @Args('communityId', { type: () => ID }) communityId: string,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<LedgerAccountModel[]> {
    const ownerId = checkInput((check) => check.id<'community'>('communityId', communityId, 'the community'));
    requireRole(viewer, ownerId, ['treasurer', 'coordinator'], 'read its books');
    return this.ledger.accountsOf(ownerId);
  }

  @Query(() => LedgerAccountModel, { description: 'One account, for those who keep the books it is in.' })
  @Policy('signedIn')
  ledgerAccount(
    @Args('id', { type: () => ID }) id: string,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<LedgerAccountModel> {
    return this.visibleAccount(requireViewer(viewer), id);
  }

  @Query(() => LedgerTransferModel, {
    description: 'A transfer with both its sides, for those who keep books that it touches.',
  })
  @Policy('signedIn')
  async ledgerTransfer(
    @Args('id', { type: () => ID }) given: string,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<LedgerTransferModel> {
    const id: Id<'transfer'> = checkInput((check) => check.id('id', given, 'the transfer'));
    const keeps = (ownerId: Id<'community'>): boolean =>
      hasRole(requireViewer(viewer), ownerId, 'treasurer', 'coordinator');
    const transfer = await this.ledger.transfer(id);
    if (!transfer?.entries.some(({ ownerId }) => keeps(ownerId))) throw DomainError.notFound('transfer', id);
    return transferView(transfer, { shows: keeps, opens: keeps });
  }

  @Query(() => LedgerEntryConnection, { description: 'An account’s entries, newest first.' })
  @Policy('signedIn')
  async ledgerEntries(
    @Args('accountId', { type: () => ID }) accountId: string,
    @Args() page: PageArgs,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<Page<LedgerEntryModel>> {
    const account = await this.visibleAccount(requireViewer(viewer), accountId);
    const keyset = keysetOf(page, 1);
    const rows = await this.ledger.entries(account.id, keyset);
    const nodes = rows.map((row) => ({
      ...row,
      id: `${row.transferId}-${row.position}`,
      state: row.layer,
      account,
    }));
    return pageOf(nodes, keyset, ({ number }) => [String(number)]);
  }

  /** An account that is not the viewer's to read is not there: its id says nothing to a stranger. */
  private async visibleAccount(viewer: Viewer, given: string): Promise<AccountSummary> {
    const id: Id<'account'> = checkInput((check) => check.id('accountId', given, 'the account'));
    const account = await this.ledger.account(id);
    if (!account || !hasRole(viewer, account.ownerId, 'treasurer', 'coordinator'))
      throw DomainError.notFound('account', id);
    return account;
  }
}
