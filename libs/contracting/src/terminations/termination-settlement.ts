import { Injectable } from '@nestjs/common';
import { dayOf, type Day } from '#kernel';
import { IdSource, canonicalJson, sha256Hex, type Tx, type Viewer } from '#platform';
import { assertContractStep, type Contract } from '../domain/contract.js';
import type { ContractTerminated } from '../domain/events.js';
import { interestDueMinor, outstandingMinor, type Obligation } from '../domain/obligation.js';
import { openObligations, plansAnew, unpaidPromises } from '../domain/settlement.js';
import { terminatedDocument, type SettlementDocument } from '../domain/settlement-document.js';
import type { ProposedLine, Termination } from '../domain/termination.js';
import { ObligationBooks } from '../obligation-books.js';
import { ObligationSettlement } from '../obligation-settlement.js';
import { ContractRepository } from '../persistence/contract.repository.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';
import { ReleaseAnnouncer } from '../release-announcer.js';
import { TerminationRepository } from './persistence/termination.repository.js';

/** What an agreed settlement does, in the transaction of the last yes. The contract is locked by the caller. */
@Injectable()
export class TerminationSettlement {
  constructor(
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly obligations: ObligationRepository,
    private readonly books: ObligationBooks,
    private readonly settlement: ObligationSettlement,
    private readonly terminations: TerminationRepository,
    private readonly announcer: ReleaseAnnouncer,
  ) {}

  /**
   * Books what is repaid, forgiven and waived, puts what stays due under its plan, ends what is settled, and publishes
   * the release that says all this. What stays due keeps its pledge, and with it its supporter's scrutiny.
   */
  async apply(tx: Tx, contract: Contract, termination: Termination, viewer: Viewer): Promise<void> {
    assertContractStep(contract, 'terminated');
    const obligations = await this.obligations.ofContract(tx, contract.id);
    for (const line of termination.lines) {
      const obligation = obligations.find(({ pledgeId }) => pledgeId === line.pledgeId);
      if (!obligation) throw new Error(`The pledge of a settlement of ${contract.ref} is missing.`);
      await this.settleLine(tx, contract, obligation, { line, viewer, reason: termination.reason });
    }
    for (const obligation of unpaidPromises(obligations))
      await this.waive(tx, contract, obligation, { viewer, reason: termination.reason });
    const isClosed = await this.settlement.fulfil(tx, contract, true);
    await this.publish(tx, contract, { termination, viewer, isClosed });
    const terminated: ContractTerminated = {
      type: 'contracting.contract-terminated',
      payload: { contractId: contract.id, ref: contract.ref, fablabId: contract.fablabId },
    };
    tx.publish(terminated);
  }

  private async settleLine(
    tx: Tx,
    contract: Contract,
    obligation: Obligation,
    {
      line,
      viewer,
      reason,
    }: { readonly line: ProposedLine; readonly viewer: Viewer; readonly reason: string },
  ): Promise<void> {
    const today = dayOf(tx.now);
    const shared = { valueDate: today, recordedBy: viewer.personId };
    const { repaidMinor, forgivenMinor, dueMinor, plan } = line;
    if (repaidMinor > 0n) {
      const id = this.ids.next<'obligationEvent'>();
      const settled = { amountMinor: repaidMinor, interestMinor: interestDueMinor(obligation, today) };
      const transferId = await this.books.repay(tx, contract, obligation, { ...settled, ...shared, id });
      await this.obligations.insert(tx, obligation, {
        ...settled,
        ...shared,
        id,
        kind: 'repayment',
        transferId,
      });
    }
    if (forgivenMinor > 0n) {
      const id = this.ids.next<'obligationEvent'>();
      const settled = {
        amountMinor: forgivenMinor,
        interestMinor: forgivenInterest(obligation, line, today),
      };
      const transferId = await this.books.forgive(tx, contract, obligation, {
        id,
        amountMinor: forgivenMinor,
      });
      await this.obligations.insert(tx, obligation, {
        ...settled,
        ...shared,
        id,
        kind: 'write-off',
        reason,
        transferId,
      });
    }
    const [open] = openObligations([obligation]);
    if (dueMinor > 0n && plan && open && plansAnew(open, line)) {
      await this.obligations.insert(tx, obligation, {
        ...shared,
        id: this.ids.next(),
        kind: 'deferral',
        amountMinor: obligation.repaidMinor + repaidMinor,
        reason,
        rhythm: plan,
      });
    }
  }

  private async waive(
    tx: Tx,
    contract: Contract,
    obligation: Obligation,
    { viewer, reason }: { readonly viewer: Viewer; readonly reason: string },
  ): Promise<void> {
    const id = this.ids.next<'obligationEvent'>();
    const amountMinor = outstandingMinor(obligation);
    const transferId = await this.books.waive(tx, contract, obligation, { id, amountMinor });
    await this.obligations.insert(tx, obligation, {
      id,
      kind: 'waiver',
      amountMinor,
      valueDate: dayOf(tx.now),
      reason,
      transferId,
      recordedBy: viewer.personId,
    });
  }

  /** One release says that the contract is terminated, and by which settlement; it closes the books if nothing stays due. */
  private async publish(
    tx: Tx,
    contract: Contract,
    given: { readonly termination: Termination; readonly viewer: Viewer; readonly isClosed: boolean },
  ): Promise<void> {
    const { termination, viewer, isClosed } = given;
    const proposal = await this.terminations.document(tx, termination);
    const number = await this.contracts.nextReleaseNumber(tx, contract.id);
    const terminated = terminatedDocument(await this.settlement.inForce(tx, contract), {
      number,
      now: tx.now,
      termination: settled(proposal, termination, dayOf(tx.now)),
    });
    const document = isClosed ? await this.settlement.closing(tx, contract, terminated, number) : terminated;
    const text = canonicalJson(document);
    const sha256 = sha256Hex(text);
    await this.obligations.publishClosing(tx, contract, {
      number,
      sha256,
      canonicalJson: text,
      publishedBy: viewer.personId,
    });
    await this.obligations.terminate(tx, contract, number, termination.reason);
    await this.announcer.announce(tx, contract, { number, sha256 });
  }
}

/** Interest goes with what is repaid or stays due; where nothing is and does, it is forgiven with the rest. */
function forgivenInterest(obligation: Obligation, line: ProposedLine, today: Day): bigint {
  return line.repaidMinor === 0n && line.dueMinor === 0n ? interestDueMinor(obligation, today) : 0n;
}

function settled(
  { ends, reason, dispute, obligations, unpaid }: SettlementDocument,
  { number, sha256 }: Termination,
  endedOn: Day,
) {
  return {
    ends,
    reason,
    ...(dispute !== undefined && { dispute }),
    obligations,
    unpaid,
    endedOn,
    proposal: number,
    proposalSha256: sha256,
  };
}
