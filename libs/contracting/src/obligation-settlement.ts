import { Injectable } from '@nestjs/common';
import { CommunityDirectory } from '#identity';
import { canonicalJson, sha256Hex, type Tx, type Viewer } from '#platform';
import { UnitAllocation } from './deliveries/unit-allocation.js';
import { closingDocument } from './domain/closing.js';
import { assertContractStep, assertPledgeStep, type Contract } from './domain/contract.js';
import type { ContractChanged } from './domain/events.js';
import type { ReleaseDocument } from './domain/release-document.js';
import { isFulfilled } from './domain/returns/index.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { ObligationRepository } from './persistence/obligation.repository.js';
import { ReleaseAnnouncer } from './release-announcer.js';

/** What follows from a change of an obligation, in the transaction of that change. The contract is locked. */
@Injectable()
export class ObligationSettlement {
  constructor(
    private readonly contracts: ContractRepository,
    private readonly obligations: ObligationRepository,
    private readonly communities: CommunityDirectory,
    private readonly announcer: ReleaseAnnouncer,
    private readonly allocation: UnitAllocation,
  ) {}

  /**
   * What follows from a deed. When all that bind the contract are fulfilled, it is completed by its closing release; a
   * terminated one gets its closing release and stays terminated.
   */
  async settle(tx: Tx, contract: Contract, viewer: Pick<Viewer, 'personId'>): Promise<void> {
    if (contract.state === 'active') await this.allocation.run(tx, contract, viewer);
    if (await this.fulfil(tx, contract)) await this.complete(tx, contract, viewer);
    const changed: ContractChanged = {
      type: 'contracting.contract-changed',
      payload: { ref: contract.ref },
    };
    tx.publish(changed);
  }

  /**
   * A pledge for which neither side owes anything is fulfilled, and one that a reversal opened again is not.
   * @param ending a settlement is about to end the contract: nothing but money stays due by it
   * @returns true when that is so for all that bind the contract; without any, when all deliverables are accepted
   */
  async fulfil(tx: Tx, contract: Contract, ending = false): Promise<boolean> {
    const binding = (await this.obligations.ofContract(tx, contract.id))
      .filter(({ state }) => state === 'active' || state === 'fulfilled')
      .map((obligation) => (ending ? { ...obligation, isTerminated: true } : obligation));
    for (const obligation of binding) {
      const becomes = isFulfilled(obligation) ? 'fulfilled' : 'active';
      if (becomes === obligation.state) continue;
      assertPledgeStep(obligation, becomes);
      await (becomes === 'fulfilled'
        ? this.obligations.fulfil(tx, obligation.pledgeId)
        : this.obligations.reopen(tx, obligation.pledgeId));
    }
    if (binding.length === 0 && !ending) return this.obligations.deliverablesDone(tx, contract.id);
    return binding.every(isFulfilled);
  }

  /** The text of the release in force. */
  async inForce(tx: Tx, contract: Contract): Promise<ReleaseDocument> {
    const text = await this.obligations.releaseText(tx, contract.id, contract.release?.number ?? 0);
    if (text === null) throw new Error(`The release in force of ${contract.ref} is missing.`);
    return JSON.parse(text) as ReleaseDocument;
  }

  /** The release after `before` that says what came of the contract. */
  async closing(
    tx: Tx,
    contract: Contract,
    before: ReleaseDocument,
    number: number,
  ): Promise<ReleaseDocument> {
    const obligations = await this.obligations.ofContract(tx, contract.id);
    const supporters = await this.communities.requireInTx(tx, [
      ...new Set(obligations.map(({ communityId }) => communityId)),
    ]);
    const slugs = new Map(supporters.map(({ id, slug }) => [id, slug]));
    return closingDocument(before, { number, now: tx.now, obligations, slugs });
  }

  private async complete(tx: Tx, contract: Contract, viewer: Pick<Viewer, 'personId'>): Promise<void> {
    const ended = contract.state === 'terminated';
    if (!ended) assertContractStep(contract, 'completed');
    const number = await this.contracts.nextReleaseNumber(tx, contract.id);
    const document = await this.closing(tx, contract, await this.inForce(tx, contract), number);
    const canonical = canonicalJson(document);
    const sha256 = sha256Hex(canonical);
    const release = { number, sha256, canonicalJson: canonical, publishedBy: viewer.personId };
    await this.obligations.publishClosing(tx, contract, release);
    await (ended
      ? this.obligations.close(tx, contract, number)
      : this.obligations.complete(tx, contract, number));
    await this.announcer.announce(tx, contract, { number, sha256 });
  }
}
