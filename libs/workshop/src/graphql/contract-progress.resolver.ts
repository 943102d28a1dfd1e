import { Args, Query, Resolver } from '@nestjs/graphql';
import { Policy } from '#platform';
import { ContractProgressReader } from '../contract-progress.reader.js';
import { ContractProgressModel } from './job.model.js';

@Resolver(() => ContractProgressModel)
export class ContractProgressResolver {
  constructor(private readonly progress: ContractProgressReader) {}

  @Query(() => ContractProgressModel, { description: 'All zero for a contract without work orders.' })
  @Policy('public')
  contractProgress(
    @Args('contractRef', { type: () => String }) contractRef: string,
  ): Promise<ContractProgressModel> {
    return this.progress.progressOf(contractRef);
  }
}
