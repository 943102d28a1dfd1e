import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { LedgerReader } from '#ledger';
import { hasRole, type Keyset, type Viewer } from '#platform';
import { hasScrutiny } from './domain/scrutiny.js';
import type { ContractEntryModel } from './graphql/obligation.model.js';
import { ContractReader } from './persistence/contract.reader.js';
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
   * The entries of one contract, newest first.
   * @throws DomainError `NOT_FOUND` for what is not published; `FORBIDDEN` for whom nothing is owed
   */
  async entries(viewer: Viewer, ref: string, keyset: Keyset): Promise<ContractEntryModel[]> {
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
    const rows = await this.ledger.entriesOfReference(contract.fablabId, ref, keyset);
    return rows.map(({ position, layer, ...row }) => ({
      ...row,
      id: `${row.transferId}/${position}`,
      state: layer,
    }));
  }
}
