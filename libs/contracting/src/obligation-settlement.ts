import { Injectable } from '@nestjs/common';
import { CommunityDirectory } from '#identity';
import { canonicalJson, sha256Hex, type Tx, type Viewer } from '#platform';
import { closingDocument } from './domain/closing.js';
import { assertContractStep, assertPledgeStep, type Contract } from './domain/contract.js';
import type { ContractChanged, ReleasePublished } from './domain/events.js';
import { isFulfilled } from './domain/obligation.js';
import type { ReleaseDocument } from './domain/release-document.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { ObligationRepository } from './persistence/obligation.repository.js';

/** What follows from a change of an obligation, in the transaction of that change. The contract is locked. */
@Injectable()
export class ObligationSettlement {
  constructor(
    private readonly contracts: ContractRepository,
    private readonly obligations: ObligationRepository,
    private readonly communities: CommunityDirectory,
  ) {}

  /**
   * A pledge for which neither side owes anything is fulfilled, and one that a reversal opened again is not. When all
   * that bind the contract are fulfilled, it is completed by its closing release.
   */
  async settle(tx: Tx, contract: Contract, viewer: Viewer): Promise<void> {
    const binding = (await this.obligations.ofContract(tx, contract.id)).filter(
      ({ state }) => state === 'active' || state === 'fulfilled',
    );
    for (const obligation of binding) {
      const becomes = isFulfilled(obligation) ? 'fulfilled' : 'active';
      if (becomes === obligation.state) continue;
      assertPledgeStep(obligation, becomes);
      await (becomes === 'fulfilled'
        ? this.obligations.fulfil(tx, obligation.pledgeId)
        : this.obligations.reopen(tx, obligation.pledgeId));
    }
    if (binding.every(isFulfilled)) await this.complete(tx, contract, viewer);
    const changed: ContractChanged = {
      type: 'contracting.contract-changed',
      payload: { ref: contract.ref },
    };
    tx.publish(changed);
  }

  private async complete(tx: Tx, contract: Contract, viewer: Viewer): Promise<void> {
    assertContractStep(contract, 'completed');
    const inForce = await this.obligations.releaseText(tx, contract.id, contract.release?.number ?? 0);
    if (inForce === null) throw new Error(`The release in force of ${contract.ref} is missing.`);
    const obligations = await this.obligations.ofContract(tx, contract.id);
    const supporters = await this.communities.requireInTx(tx, [
      ...new Set(obligations.map(({ communityId }) => communityId)),
    ]);
    const number = await this.contracts.nextReleaseNumber(tx, contract.id);
    const text = canonicalJson(
      closingDocument(JSON.parse(inForce) as ReleaseDocument, {
        number,
        now: tx.now,
        obligations,
        slugs: new Map(supporters.map(({ id, slug }) => [id, slug])),
      }),
    );
    const sha256 = sha256Hex(text);
    await this.obligations.complete(tx, contract, {
      number,
      sha256,
      canonicalJson: text,
      publishedBy: viewer.personId,
    });
    const published: ReleasePublished = {
      type: 'contracting.release-published',
      payload: { contractId: contract.id, ref: contract.ref, number, sha256 },
    };
    tx.publish(published);
  }
}
