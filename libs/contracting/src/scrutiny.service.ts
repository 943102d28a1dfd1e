import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { LedgerReader, transferView, type LedgerTransferModel } from '#ledger';
import { hasRole, type Keyset, type Viewer } from '#platform';
import { kindsBehind, type ContractFigure } from './domain/figures.js';
import { hasScrutiny } from './domain/scrutiny.js';
import type { ContractEntryModel } from './graphql/obligation.model.js';
import { ContractReader, type ContractRow } from './persistence/contract.reader.js';
import { ObligationReader } from './persistence/obligation.reader.js';

/** The reading rights that come from an open obligation, and end with it. */
@Injectable()
export class ScrutinyService {
  constructor(
    private readonly contracts: ContractReader,
    private readonly obligations: ObligationReader,
    private readonly ledger: LedgerReader,
  ) {}

  /**
   * The entries of one contract, newest first; those behind one figure, or of one supporter.
   * @throws DomainError `NOT_FOUND` for what is not published; `FORBIDDEN` for whom nothing is owed
   */
  async entries(
    viewer: Viewer,
    ref: string,
    which: { readonly figure: ContractFigure | null; readonly supporter: string | null },
    keyset: Keyset,
  ): Promise<ContractEntryModel[]> {
    const { contract } = await this.opened(viewer, ref);
    const rows = await this.ledger.entriesOfReference(
      contract.fablabId,
      ref,
      { kinds: which.figure && kindsBehind(which.figure), accountName: which.supporter },
      keyset,
    );
    return rows.map(({ position, layer, ...row }) => ({
      ...row,
      id: `${row.transferId}/${position}`,
      state: layer,
    }));
  }

  /**
   * One transfer of a contract with both its sides.
   * @throws DomainError as `entries`; `NOT_FOUND` for a transfer of something else
   */
  async transfer(viewer: Viewer, ref: string, id: Id<'transfer'>): Promise<LedgerTransferModel> {
    const { contract, keepsTheBooks } = await this.opened(viewer, ref);
    const isFablab = (ownerId: Id<'community'>): boolean => ownerId === contract.fablabId;
    const transfer = await this.ledger.transfer(id);
    if (transfer?.reference !== ref || !transfer.entries.some(({ ownerId }) => isFablab(ownerId)))
      throw DomainError.notFound('transfer', id);
    return transferView(transfer, {
      shows: isFablab,
      opens: (ownerId) => keepsTheBooks && isFablab(ownerId),
    });
  }

  private async opened(
    viewer: Viewer,
    ref: string,
  ): Promise<{ readonly contract: ContractRow; readonly keepsTheBooks: boolean }> {
    const contract = await this.contracts.byRef(ref, [...viewer.roles.keys()]);
    if (!contract) throw DomainError.notFound('contract', ref);
    const keepsTheBooks = hasRole(viewer, contract.fablabId, 'treasurer', 'coordinator');
    if (!keepsTheBooks) {
      const found = await this.obligations.ofContracts([contract.id]);
      const open = found.map(({ obligation }) => obligation);
      if (!hasScrutiny(open, viewer.roles.keys())) {
        throw DomainError.forbidden(
          `The entries of ${ref} can be read by supporters while something is owed to them, and by treasurers and coordinators of the fablab.`,
        );
      }
    }
    return { contract, keepsTheBooks };
  }
}
