import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, type Currency, type Id } from '#kernel';
import { Idempotency, UnitOfWork, requireRole, type Tx, type Viewer } from '#platform';
import { readCostSheet, type CostSheetGiven } from '../domain/cost-sheet.js';
import { readTierPlan, type TierOffer, type TierPlanGiven } from '../domain/tier-plan.js';
import { OfferRepository, costIn } from './offer.repository.js';

export interface PublishCostSheet extends CostSheetGiven {
  readonly idempotencyKey: string;
  readonly productVersionId: string;
}

export interface PublishTierPlan extends TierPlanGiven {
  readonly idempotencyKey: string;
  readonly productVersionId: string;
}

/** One tier of a version as it is offered now, with the planned cost of its form. */
export interface OfferInForce {
  readonly offer: TierOffer;
  readonly unitCostMinor: bigint;
}

/** How versions are offered, and what they cost: published by coordinators, read by everyone. */
@Injectable()
export class OfferService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly offers: OfferRepository,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND` */
  publishCostSheet(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: PublishCostSheet,
  ): Promise<Id<'productVersion'>> {
    const { versionId, sheet } = checkInput((check) => ({
      versionId: check.id<'productVersion'>(
        'productVersionId',
        input.productVersionId,
        'the product version',
      ),
      sheet: readCostSheet(check, input),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'publishCostSheet', input },
        async () => {
          await this.lockOwn(tx, viewer, versionId, 'publish its cost sheets');
          await this.offers.insertSheet(tx, versionId, sheet, viewer.personId);
          return versionId;
        },
      ),
    );
  }

  /** @throws DomainError `BAD_INPUT` without a free or at-cost form among others, `FORBIDDEN`, `NOT_FOUND` */
  publishTierPlan(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: PublishTierPlan,
  ): Promise<Id<'productVersion'>> {
    const versionId = checkInput((check) =>
      check.id<'productVersion'>('productVersionId', input.productVersionId, 'the product version'),
    );
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'publishTierPlan', input },
        async () => {
          await this.lockOwn(tx, viewer, versionId, 'say how its versions are offered');
          const sheets = await this.offers.sheetsInForce([versionId], tx);
          const costOf = costIn(sheets, input.currency as Currency);
          const plan = checkInput((check) => readTierPlan(check, input, costOf));
          await this.offers.insertPlan(tx, versionId, plan, viewer.personId);
          return versionId;
        },
      ),
    );
  }

  /** The offers of a version in one currency with their planned costs, inside the caller's transaction. */
  async inForce(tx: Tx, versionId: Id<'productVersion'>, currency: Currency): Promise<OfferInForce[]> {
    const [sheets, plans] = await Promise.all([
      this.offers.sheetsInForce([versionId], tx),
      this.offers.plansInForce([versionId], tx),
    ]);
    const costOf = costIn(sheets, currency);
    const plan = plans.find((each) => each.currency === currency);
    return (plan?.offers ?? []).map((offer) => ({ offer, unitCostMinor: costOf(offer.form) ?? 0n }));
  }

  private async lockOwn(tx: Tx, viewer: Viewer, id: Id<'productVersion'>, what: string): Promise<void> {
    const version = await this.offers.lockVersion(tx, id);
    if (!version) throw DomainError.notFound('product version', id);
    requireRole(viewer, version.fablabId, ['coordinator'], what);
  }
}
