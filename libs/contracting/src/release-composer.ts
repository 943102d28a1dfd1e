import { Inject, Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { CatalogueService } from '#catalogue';
import { CommunityDirectory } from '#identity';
import { CONFIG, canonicalJson, sha256Hex, type Config, type Tx } from '#platform';
import type { ContractState } from './domain/contract.js';
import { offersOf } from './domain/offer.js';
import { releaseDocument, type DocumentAmendment } from './domain/release-document.js';
import type { Terms } from './domain/terms.js';
import { thresholdsOf } from './domain/threshold.js';

export interface ReleaseOrder {
  readonly ref: string;
  readonly number: number;
  readonly status: ContractState;
  readonly fablabId: Id<'community'>;
  readonly terms: Terms;
  readonly amendment?: DocumentAmendment;
}

/** Writes the text of a release: names in the place of ids, canonical JSON, and its hash. It stores nothing. */
@Injectable()
export class ReleaseComposer {
  constructor(
    private readonly communities: CommunityDirectory,
    private readonly catalogue: CatalogueService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'answerDays'>,
  ) {}

  async compose(
    tx: Tx,
    { ref, number, status, fablabId, terms, amendment }: ReleaseOrder,
  ): Promise<{ readonly canonicalJson: string; readonly sha256: string }> {
    const communities = await this.communities.requireInTx(tx, [fablabId, ...terms.receivingCommunityIds]);
    const byId = new Map(communities.map((each) => [each.id, each]));
    const versions = await this.catalogue.versionSummariesByIds(
      terms.deliverables.map((line) => line.productVersionId),
    );
    const versionById = new Map(versions.map((each) => [each.id, each]));
    const document = releaseDocument({
      ...terms,
      ref,
      number,
      publishedAt: tx.now,
      answerDays: this.config.answerDays,
      status,
      ...(amendment && { amendment }),
      fablab: known(byId.get(fablabId)),
      receivers: terms.receivingCommunityIds.map((id) => known(byId.get(id))),
      thresholds: thresholdsOf(terms),
      offers: offersOf(terms),
      deliverables: terms.deliverables.map((line) => {
        const version = known(versionById.get(line.productVersionId));
        return {
          product: version.productName,
          version: version.label,
          versionId: version.id,
          licence: version.licence,
          receiver: known(byId.get(line.receiverId)).slug,
          tier: line.tier,
          quantity: line.quantity,
          unitPrice: { amountMinor: line.unitPriceMinor, currency: terms.currency },
          dueOn: line.dueOn,
        };
      }),
    });
    const text = canonicalJson(document);
    return { canonicalJson: text, sha256: sha256Hex(text) };
  }
}

/** Communities and versions are never deleted, and the terms were checked against them. */
function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A draft refers to something that is gone.');
  return value;
}
