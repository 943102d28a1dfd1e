import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CommunityDirectory } from '#identity';
import { CurrentViewer, Policy, requireViewer } from '#platform';
import type { Viewer } from '#platform';
import type { ContractTemplate } from '../../domain/contract-template.js';
import { TemplateService } from '../template.service.js';
import { ContractTemplateModel, SaveContractTemplateInput } from './template.model.js';

@Resolver(() => ContractTemplateModel)
export class TemplateResolver {
  constructor(
    private readonly service: TemplateService,
    private readonly communities: CommunityDirectory,
  ) {}

  @Query(() => [ContractTemplateModel], { description: 'With which drafts of this fablab can start.' })
  @Policy('public')
  async contractTemplates(
    @Args('fablabSlug', { type: () => String }) fablabSlug: string,
  ): Promise<ContractTemplateModel[]> {
    const fablab = await this.communities.bySlug(fablabSlug);
    return fablab?.manufactures ? (await this.service.of(fablab.id)).map(templateView) : [];
  }

  @Mutation(() => ContractTemplateModel, { description: 'For coordinators of the fablab: its own copy.' })
  @Policy('signedIn')
  async saveContractTemplate(
    @Args('input') input: SaveContractTemplateInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractTemplateModel> {
    return templateView(await this.service.save(requireViewer(viewer), input));
  }
}

function templateView(template: ContractTemplate): ContractTemplateModel {
  return { ...template, milestones: [...template.milestones] };
}
