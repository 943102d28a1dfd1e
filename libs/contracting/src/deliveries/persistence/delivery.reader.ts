import { Injectable } from '@nestjs/common';
import type { Currency, Day, Id } from '#kernel';
import { Database, RequestLoader } from '#platform';

export interface DeliveryRow {
  readonly id: Id<'delivery'>;
  readonly contractId: Id<'contract'>;
  readonly receiverId: Id<'community'>;
  readonly line: number;
  readonly quantity: number;
  readonly deliveredOn: Day;
  readonly note: string | null;
  readonly recordedAt: Date;
  readonly isAccepted: boolean | null;
  readonly reason: string | null;
  readonly answeredAt: Date | null;
}

export interface SaleRow {
  readonly id: Id<'premiumSale'>;
  readonly contractId: Id<'contract'>;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly recordedAt: Date;
}

/** Reads deliveries and premium sales outside of transactions. */
@Injectable()
export class DeliveryReader {
  constructor(private readonly database: Database) {}

  /** In the order in which they were recorded. */
  deliveriesOf(ids: readonly Id<'contract'>[]): Promise<DeliveryRow[]> {
    return this.database.query(
      `SELECT d.id, d.contract_id AS "contractId", d.receiver_id AS "receiverId", d.line, d.quantity,
              to_char(d.delivered_on, 'YYYY-MM-DD') AS "deliveredOn", d.note, d.recorded_at AS "recordedAt",
              a.is_accepted AS "isAccepted", a.reason, a.answered_at AS "answeredAt"
       FROM contracting.delivery d LEFT JOIN contracting.delivery_answer a ON a.delivery_id = d.id
       WHERE d.contract_id = ANY ($1::uuid[]) ORDER BY d.id`,
      [ids],
      'deliveries-of-contracts',
    );
  }

  /** In the order of their last days. */
  salesOf(ids: readonly Id<'contract'>[]): Promise<SaleRow[]> {
    return this.database.query(
      `SELECT s.id, s.contract_id AS "contractId", to_char(s.from_day, 'YYYY-MM-DD') AS "fromDay",
              to_char(s.to_day, 'YYYY-MM-DD') AS "toDay", s.amount_minor AS "amountMinor", c.currency,
              s.recorded_at AS "recordedAt"
       FROM contracting.premium_sale s JOIN contracting.contract c ON c.id = s.contract_id
       WHERE s.contract_id = ANY ($1::uuid[]) ORDER BY s.to_day, s.id`,
      [ids],
      'premium-sales-of-contracts',
    );
  }
}

@Injectable()
export class DeliveriesOfContractLoader extends RequestLoader<Id<'contract'>, DeliveryRow[]> {
  constructor(private readonly reader: DeliveryReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<DeliveryRow[][]> {
    const rows = await this.reader.deliveriesOf(ids);
    return ids.map((id) => rows.filter(({ contractId }) => contractId === id));
  }
}

@Injectable()
export class SalesOfContractLoader extends RequestLoader<Id<'contract'>, SaleRow[]> {
  constructor(private readonly reader: DeliveryReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<SaleRow[][]> {
    const rows = await this.reader.salesOf(ids);
    return ids.map((id) => rows.filter(({ contractId }) => contractId === id));
  }
}
