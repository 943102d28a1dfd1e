import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductVersionLoader, ProductVersionModel } from '#catalogue';
import { CommunityLoader, CommunityModel, PersonLoader, PersonModel } from '#identity';
import { Request, isMember, type RequestContext } from '#platform';
import { pledgeView, thresholdViews } from '../contract-views.js';
import { readTerms } from '../domain/terms.js';
import {
  AcceptancesOfContractLoader,
  PledgesOfContractLoader,
  ReleasesOfContractLoader,
} from './contracting.loader.js';
import { AcceptanceModel, ContractModel, DeliverableModel, ReleaseModel } from './contract.model.js';
import { ThresholdModel } from './offer.model.js';
import { PledgeModel } from './pledge.model.js';

/** What the page of one contract asks for beyond what lists show. */
@Resolver(() => ContractModel)
export class ContractPartsResolver {
  constructor(
    private readonly releasesOf: ReleasesOfContractLoader,
    private readonly acceptancesOf: AcceptancesOfContractLoader,
    private readonly pledgesOf: PledgesOfContractLoader,
  ) {}

  @ResolveField(() => ReleaseModel, {
    nullable: true,
    description: 'The release in force; null for a draft.',
  })
  async currentRelease(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<ReleaseModel | null> {
    if (contract.currentReleaseNumber === null) return null;
    const releases = await this.releasesOf.load(context, contract.id);
    return releases.find(({ number }) => number === contract.currentReleaseNumber) ?? null;
  }

  @ResolveField(() => ReleaseModel, {
    nullable: true,
    description: 'The release that is proposed and not decided; null while there is none.',
  })
  async proposedRelease(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<ReleaseModel | null> {
    if (contract.proposedReleaseNumber === null) return null;
    const releases = await this.releasesOf.load(context, contract.id);
    return releases.find(({ number }) => number === contract.proposedReleaseNumber) ?? null;
  }

  @ResolveField(() => [ReleaseModel], { description: 'The oldest first, proposed and declined ones too.' })
  releases(@Parent() contract: ContractModel, @Request() context: RequestContext): Promise<ReleaseModel[]> {
    return this.releasesOf.load(context, contract.id);
  }

  @ResolveField(() => [AcceptanceModel], {
    description: 'Of the release in force; who has not accepted is absent.',
  })
  acceptances(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<AcceptanceModel[]> {
    return this.acceptancesOf.load(context, contract.id);
  }

  @ResolveField(() => [ThresholdModel], {
    description: 'All of them must be met by pledges; none for a contract that needs no pledge.',
  })
  async thresholds(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<ThresholdModel[]> {
    return thresholdViews(readTerms(contract.terms), await this.pledgesOf.load(context, contract.id));
  }

  @ResolveField(() => [PledgeModel], { description: 'In the order in which they came.' })
  async pledges(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<PledgeModel[]> {
    return (await this.pledgesOf.load(context, contract.id)).map(pledgeView);
  }
}

@Resolver(() => DeliverableModel)
export class DeliverableResolver {
  constructor(private readonly versions: ProductVersionLoader) {}

  @ResolveField(() => ProductVersionModel)
  productVersion(
    @Parent() deliverable: DeliverableModel,
    @Request() context: RequestContext,
  ): Promise<ProductVersionModel> {
    return this.versions.load(context, deliverable.productVersionId);
  }
}

@Resolver(() => AcceptanceModel)
export class AcceptanceResolver {
  constructor(
    private readonly communities: CommunityLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => CommunityModel)
  community(
    @Parent() acceptance: AcceptanceModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel> {
    return this.communities.load(context, acceptance.communityId);
  }

  @ResolveField(() => PersonModel, {
    nullable: true,
    description: 'Who accepted; shown to fellow members only.',
  })
  async person(
    @Parent() acceptance: AcceptanceModel,
    @Request() context: RequestContext,
  ): Promise<PersonModel | null> {
    if (!isMember(context.viewer, acceptance.communityId)) return null;
    return this.people.load(context, acceptance.personId);
  }
}
