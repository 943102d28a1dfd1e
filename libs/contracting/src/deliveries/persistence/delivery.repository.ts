import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { AvailableUnits } from '../../domain/allocation.js';
import type { Contract } from '../../domain/contract.js';

export interface NewDelivery {
  readonly id: Id<'delivery'>;
  readonly contractId: Id<'contract'>;
  readonly line: number;
  readonly receiverId: Id<'community'>;
  readonly quantity: number;
  readonly deliveredOn: Day;
  readonly note: string | null;
  readonly recordedBy: Id<'person'>;
}

export interface StoredDelivery {
  readonly contractId: Id<'contract'>;
  readonly receiverId: Id<'community'>;
  readonly isAnswered: boolean;
}

export interface NewSale {
  readonly id: Id<'premiumSale'>;
  readonly contractId: Id<'contract'>;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly amountMinor: bigint;
  readonly reference: string | null;
  readonly recordedBy: Id<'person'> | null;
}

/** Writes deliveries, their answers and premium sales; the contract is locked by the caller. */
@Injectable()
export class DeliveryRepository {
  async insert(tx: Tx, delivery: NewDelivery): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.delivery
         (id, contract_id, line, receiver_id, quantity, delivered_on, note, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        delivery.id,
        delivery.contractId,
        delivery.line,
        delivery.receiverId,
        delivery.quantity,
        delivery.deliveredOn,
        delivery.note,
        delivery.recordedBy,
        tx.now,
      ],
    );
  }

  async answer(
    tx: Tx,
    id: Id<'delivery'>,
    given: { readonly isAccepted: boolean; readonly reason: string | null; readonly by: Id<'person'> },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.delivery_answer (delivery_id, is_accepted, reason, answered_by, answered_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [id, given.isAccepted, given.reason, given.by, tx.now],
    );
  }

  async find(tx: Tx, id: Id<'delivery'>): Promise<StoredDelivery | null> {
    const [row] = await tx.query<StoredDelivery>(
      `SELECT d.contract_id AS "contractId", d.receiver_id AS "receiverId", a.delivery_id IS NOT NULL AS "isAnswered"
       FROM contracting.delivery d LEFT JOIN contracting.delivery_answer a ON a.delivery_id = d.id WHERE d.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Units of a line that were delivered and are not refused. */
  async handedOver(tx: Tx, contractId: Id<'contract'>, line: number): Promise<number> {
    const [row] = await tx.query<{ units: number }>(
      `SELECT coalesce(sum(d.quantity), 0)::int AS units FROM contracting.delivery d
       LEFT JOIN contracting.delivery_answer a ON a.delivery_id = d.id
       WHERE d.contract_id = $1 AND d.line = $2 AND a.is_accepted IS NOT FALSE`,
      [contractId, line],
    );
    return row?.units ?? 0;
  }

  /** Accepted units that count for no pledge yet, by line. */
  async available(tx: Tx, contract: Contract): Promise<AvailableUnits[]> {
    const rows = await tx.query<{ line: number; units: number }>(
      `SELECT d.line, (sum(d.quantity)
           - coalesce((SELECT sum(p.units_delivered) FROM contracting.pledge p
                       WHERE p.contract_id = $1 AND p.line = d.line), 0)
           - coalesce((SELECT sum(e.units) FROM contracting.obligation_event e
                       JOIN contracting.pledge p ON p.id = e.pledge_id
                       WHERE p.contract_id = $1 AND e.kind = 'free-units' AND e.line = d.line), 0))::int AS units
       FROM contracting.delivery d JOIN contracting.delivery_answer a ON a.delivery_id = d.id AND a.is_accepted
       WHERE d.contract_id = $1 GROUP BY d.line ORDER BY d.line`,
      [contract.id],
    );
    return rows.flatMap(({ line, units }) => {
      const deliverable = contract.terms.deliverables[line - 1];
      if (!deliverable || units <= 0) return [];
      return [{ line, units, receiverId: deliverable.receiverId, isFree: deliverable.tier === 'free' }];
    });
  }

  async insertSale(tx: Tx, sale: NewSale): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.premium_sale
         (id, contract_id, from_day, to_day, amount_minor, reference, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT premium_sale_reference_key DO NOTHING`,
      [
        sale.id,
        sale.contractId,
        sale.fromDay,
        sale.toDay,
        sale.amountMinor,
        sale.reference,
        sale.recordedBy,
        tx.now,
      ],
    );
  }
}
