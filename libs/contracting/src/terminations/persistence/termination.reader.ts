import { Injectable } from '@nestjs/common';
import type { Currency, Id } from '#kernel';
import { Database, RequestLoader, type Role } from '#platform';
import type { ProposedLine, TerminationState } from '../../domain/termination.js';
import { LINE_COLUMNS } from './termination.repository.js';

export interface TerminationAcceptanceRow {
  readonly communityId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly role: Role;
  readonly acceptedAt: Date;
}

/** A proposal to end a contract, as pages show it. */
export interface TerminationRow {
  readonly contractId: Id<'contract'>;
  readonly number: number;
  readonly currency: Currency;
  readonly ends: number;
  readonly state: TerminationState;
  readonly sha256: string;
  readonly canonicalJson: string;
  readonly reason: string;
  readonly questionNumber: number | null;
  readonly asked: readonly Id<'community'>[];
  readonly proposedBy: Id<'community'>;
  readonly proposedAt: Date;
  readonly decidedAt: Date | null;
  readonly endedBy: Id<'community'> | null;
  readonly endReason: string | null;
  readonly lines: readonly ProposedLine[];
  readonly acceptances: readonly TerminationAcceptanceRow[];
}

type Of<Part> = Part & { readonly contractId: Id<'contract'>; readonly number: number };

@Injectable()
export class TerminationReader {
  constructor(private readonly database: Database) {}

  /** Oldest first, in three statements, whatever the number of contracts. */
  async ofContracts(ids: readonly Id<'contract'>[]): Promise<TerminationRow[]> {
    const rows = await this.database.query<Omit<TerminationRow, 'lines' | 'acceptances'>>(
      `SELECT t.contract_id AS "contractId", t.number, c.currency, t.ends, t.state, t.sha256,
              t.canonical_json AS "canonicalJson", t.reason, q.number AS "questionNumber", t.asked,
              t.proposed_by_community AS "proposedBy", t.proposed_at AS "proposedAt", t.ended_at AS "decidedAt",
              t.ended_by_community AS "endedBy", t.end_reason AS "endReason"
       FROM contracting.termination t
       JOIN contracting.contract c ON c.id = t.contract_id
       LEFT JOIN contracting.question q ON q.id = t.question_id
       WHERE t.contract_id = ANY ($1::uuid[]) ORDER BY t.contract_id, t.number`,
      [ids],
      'terminations-of-contracts',
    );
    if (rows.length === 0) return [];
    const [lines, acceptances] = await Promise.all([
      this.database.query<Of<ProposedLine>>(
        `SELECT contract_id AS "contractId", number, ${LINE_COLUMNS}
         FROM contracting.termination_line WHERE contract_id = ANY ($1::uuid[]) ORDER BY pledge_id`,
        [ids],
        'lines-of-terminations',
      ),
      this.database.query<Of<TerminationAcceptanceRow>>(
        `SELECT contract_id AS "contractId", number, community_id AS "communityId", person_id AS "personId", role,
                accepted_at AS "acceptedAt"
         FROM contracting.termination_acceptance WHERE contract_id = ANY ($1::uuid[]) ORDER BY id`,
        [ids],
        'acceptances-of-terminations',
      ),
    ]);
    const of = <Part>(parts: readonly Of<Part>[], row: { contractId: string; number: number }): Part[] =>
      parts.filter((part) => part.contractId === row.contractId && part.number === row.number);
    return rows.map((row) => ({ ...row, lines: of(lines, row), acceptances: of(acceptances, row) }));
  }
}

@Injectable()
export class TerminationsOfContractLoader extends RequestLoader<Id<'contract'>, TerminationRow[]> {
  constructor(private readonly reader: TerminationReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<TerminationRow[][]> {
    const found = await this.reader.ofContracts(ids);
    return ids.map((id) => found.filter(({ contractId }) => contractId === id));
  }
}
