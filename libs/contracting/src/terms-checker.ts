import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type Day, type Problem } from '#kernel';
import { CatalogueService } from '#catalogue';
import { CommunityDirectory } from '#identity';
import { CONFIG, type Config, type Tx } from '#platform';
import { licenceOf } from './domain/release-document.js';
import { offerProblems } from './domain/offer.js';
import { repaymentProblems } from './domain/schedule.js';
import type { Terms } from './domain/terms.js';
import type { TermsRead } from './domain/terms-input.js';

/** Looks at what the ids in somebody's terms stand for, and adds the licence of the designs. */
@Injectable()
export class TermsChecker {
  constructor(
    private readonly communities: CommunityDirectory,
    private readonly catalogue: CatalogueService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @param deadlineFrom the first day that can be the deadline; null where the deadline is past and stays
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND` for a community that does not exist
   */
  async checked(tx: Tx, { fablabId, ...read }: TermsRead, deadlineFrom: Day | null): Promise<Terms> {
    const problems: Problem[] = [];
    if (deadlineFrom !== null && read.deadline < deadlineFrom)
      problems.push({ field: 'deadline', message: 'The deadline must not have passed already.' });
    problems.push(...this.offers(read));
    const [fablab, ...receivers] = await this.communities.requireInTx(tx, [
      fablabId,
      ...read.receivingCommunityIds,
    ]);
    if (!fablab?.manufactures)
      problems.push({
        field: 'fablabId',
        message: `${fablab?.name ?? 'This community'} does not manufacture.`,
      });
    for (const [index, receiver] of receivers.entries())
      if (!receiver.receives)
        problems.push({
          field: `receivingCommunityIds.${index}`,
          message: `${receiver.name} does not receive.`,
        });
    const wanted = [...new Set(read.deliverables.map(({ productVersionId }) => productVersionId))];
    const versions = new Map(
      (await this.catalogue.versionSummariesByIds(wanted)).map((each) => [each.id, each]),
    );
    for (const [index, { productVersionId }] of read.deliverables.entries()) {
      const version = versions.get(productVersionId);
      const field = `deliverables.${index}.productVersionId`;
      if (!version) problems.push({ field, message: 'There is no such product version.' });
      else if (version.fablabId !== fablabId)
        problems.push({ field, message: `${version.productName} is not made by this fablab.` });
    }
    if (problems.length > 0) throw DomainError.badInput(problems);
    const licences = read.deliverables.map((line) => versions.get(line.productVersionId)?.licence ?? '');
    return { ...read, licence: licenceOf(licences) };
  }

  private offers(read: Omit<TermsRead, 'fablabId'>): Problem[] {
    const cap = this.config.interestCapBasisPoints;
    const { deadline, deliverables, offers } = read;
    if (!offers) return repaymentProblems(read, cap);
    return offers.flatMap((offer, index) => [
      ...offerProblems(offer, `offers.${index}`, deliverables),
      ...repaymentProblems(
        { deadline, ...(offer.returns.repayment && { repayment: offer.returns.repayment }) },
        cap,
        `offers.${index}.repayment`,
      ),
    ]);
  }
}
