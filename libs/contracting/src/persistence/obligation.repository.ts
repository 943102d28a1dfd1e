import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { Contract } from '../domain/contract.js';
import type { Obligation, ObligationEventKind } from '../domain/obligation.js';
import type { Rhythm } from '../domain/schedule.js';
import type { NewRelease } from './contract.repository.js';
import { readObligations } from './obligation.rows.js';

export interface NewObligationEvent {
  readonly id: Id<'obligationEvent'>;
  readonly kind: ObligationEventKind;
  readonly amountMinor: bigint;
  readonly interestMinor?: bigint;
  readonly units?: number;
  /** Of free units: the line that they were delivered on. */
  readonly line?: number;
  /** Of free units from elsewhere: what they were. */
  readonly reference?: string;
  readonly valueDate: Day;
  readonly reason?: string;
  readonly rhythm?: Rhythm;
  readonly reversesPaymentId?: Id<'payment'>;
  readonly reversesEventId?: Id<'obligationEvent'>;
  readonly transferId?: Id<'transfer'>;
  readonly recordedBy: Id<'person'>;
}

/** Writes what happens to obligations; the contract is locked by the caller. Sums are counted by the database. */
@Injectable()
export class ObligationRepository {
  async ofPledge(tx: Tx, id: Id<'pledge'>): Promise<Obligation | null> {
    const [found] = await readObligations(tx.query, { pledges: [id] });
    return found?.obligation ?? null;
  }

  async ofContract(tx: Tx, id: Id<'contract'>): Promise<Obligation[]> {
    return (await readObligations(tx.query, { contracts: [id] })).map(({ obligation }) => obligation);
  }

  async pledgeOfPayment(tx: Tx, id: Id<'payment'>): Promise<Id<'pledge'> | null> {
    const [row] = await tx.query<{ pledge_id: Id<'pledge'> }>(
      `SELECT pledge_id FROM contracting.payment WHERE id = $1`,
      [id],
    );
    return row?.pledge_id ?? null;
  }

  async pledgeOfEvent(tx: Tx, id: Id<'obligationEvent'>): Promise<Id<'pledge'> | null> {
    const [row] = await tx.query<{ pledge_id: Id<'pledge'> }>(
      `SELECT pledge_id FROM contracting.obligation_event WHERE id = $1`,
      [id],
    );
    return row?.pledge_id ?? null;
  }

  async insert(tx: Tx, obligation: Obligation, event: NewObligationEvent): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.obligation_event
         (id, pledge_id, currency, kind, amount_minor, interest_minor, value_date, reason, rhythm, reverses_payment_id,
          reverses_event_id, transfer_id, recorded_by, recorded_at, units, line, reference)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        event.id,
        obligation.pledgeId,
        obligation.currency,
        event.kind,
        event.amountMinor,
        event.interestMinor ?? 0n,
        event.valueDate,
        event.reason ?? null,
        event.rhythm ? JSON.stringify(event.rhythm) : null,
        event.reversesPaymentId ?? null,
        event.reversesEventId ?? null,
        event.transferId ?? null,
        event.recordedBy,
        tx.now,
        event.units ?? 0,
        event.line ?? null,
        event.reference ?? null,
      ],
    );
  }

  /** True for free units from elsewhere that were noted before. */
  async hasReference(tx: Tx, reference: string): Promise<boolean> {
    const rows = await tx.query(`SELECT 1 FROM contracting.obligation_event WHERE reference = $1`, [
      reference,
    ]);
    return rows.length > 0;
  }

  /** Every unit of every line is delivered and accepted. */
  async deliverablesDone(tx: Tx, id: Id<'contract'>): Promise<boolean> {
    const [row] = await tx.query<{ done: boolean }>(
      `SELECT contracting.deliverables_done($1, NULL) AS done`,
      [id],
    );
    return row?.done ?? false;
  }

  async fulfil(tx: Tx, id: Id<'pledge'>): Promise<void> {
    await tx.execute(`UPDATE contracting.pledge SET state = 'fulfilled', ended_at = $2 WHERE id = $1`, [
      id,
      tx.now,
    ]);
  }

  async reopen(tx: Tx, id: Id<'pledge'>): Promise<void> {
    await tx.execute(`UPDATE contracting.pledge SET state = 'active', ended_at = NULL WHERE id = $1`, [id]);
  }

  async releaseText(tx: Tx, id: Id<'contract'>, number: number): Promise<string | null> {
    const [row] = await tx.query<{ canonical_json: string }>(
      `SELECT canonical_json FROM contracting.release WHERE contract_id = $1 AND number = $2`,
      [id, number],
    );
    return row?.canonical_json ?? null;
  }

  /** Stores the text of a release that ends a contract. */
  async publishClosing(tx: Tx, contract: Pick<Contract, 'id'>, release: NewRelease): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.release (contract_id, number, sha256, canonical_json, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [contract.id, release.number, release.sha256, release.canonicalJson, release.publishedBy, tx.now],
    );
  }

  /** Completes the contract by its closing release. What every party accepted stays known as such. */
  async complete(tx: Tx, { id }: Pick<Contract, 'id'>, number: number): Promise<void> {
    await tx.execute(
      `UPDATE contracting.contract
       SET state = 'completed', ended_at = $2, accepted_release = current_release, current_release = $3 WHERE id = $1`,
      [id, tx.now, number],
    );
  }

  /** Ends the contract before its time by the release that holds its settlement. */
  async terminate(tx: Tx, { id }: Pick<Contract, 'id'>, number: number, reason: string): Promise<void> {
    await tx.execute(
      `UPDATE contracting.contract SET state = 'terminated', ended_at = $2, end_reason = $4,
         accepted_release = current_release, current_release = $3 WHERE id = $1`,
      [id, tx.now, number, reason],
    );
  }

  /** The last obligation of a terminated contract has ended: its closing release takes the place of the one before. */
  async close(tx: Tx, { id }: Pick<Contract, 'id'>, number: number): Promise<void> {
    await tx.execute(`UPDATE contracting.contract SET current_release = $2 WHERE id = $1`, [id, number]);
  }
}
