import { Inject } from '@nestjs/common';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, dayOf, type Clock, type Id } from '#kernel';
import { CLOCK, CurrentViewer, Policy, Request, requireViewer } from '#platform';
import type { RequestContext, Viewer } from '#platform';
import { pledgeView } from '../contract-views.js';
import { obligationDeeds } from '../obligation.policy.js';
import { obligationView } from '../obligation-views.js';
import { ContractReader } from '../persistence/contract.reader.js';
import { ObligationOfPledgeLoader } from '../persistence/obligation.reader.js';
import { ReliefService } from '../relief.service.js';
import { RepaymentService } from '../repayment.service.js';
import {
  DeferRepaymentInput,
  RecordRepaymentInput,
  ReversePaymentInput,
  ReverseRepaymentInput,
  WaivePledgeInput,
  WriteOffLoanInput,
} from './obligation.input.js';
import { ObligationModel } from './obligation.model.js';
import { PledgeModel } from './pledge.model.js';

/** What a pledge obliges to, and what is done about it. */
@Resolver(() => PledgeModel)
export class ObligationResolver {
  constructor(
    private readonly repayments: RepaymentService,
    private readonly relief: ReliefService,
    private readonly reader: ContractReader,
    private readonly obligationOf: ObligationOfPledgeLoader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @ResolveField(() => ObligationModel)
  async obligation(
    @Parent() pledge: PledgeModel,
    @Request() context: RequestContext,
  ): Promise<ObligationModel> {
    const { obligation } = await this.obligationOf.load(context, pledge.id);
    return obligationView(obligation, dayOf(this.clock.now()));
  }

  @ResolveField(() => [String], { description: 'Names of the mutations that you could call on it now.' })
  async viewerCan(@Parent() pledge: PledgeModel, @Request() context: RequestContext): Promise<string[]> {
    return obligationDeeds(context.viewer, await this.obligationOf.load(context, pledge.id));
  }

  @Mutation(() => PledgeModel, {
    description:
      'Money that went back: a part, or all that is owed. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async recordRepayment(
    @Args('input') input: RecordRepaymentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.repayments.record(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description:
      'Takes back a payment that was recorded wrongly. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async reversePayment(
    @Args('input') input: ReversePaymentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.repayments.reversePayment(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description:
      'Takes back a repayment that was recorded wrongly. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async reverseRepayment(
    @Args('input') input: ReverseRepaymentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.repayments.reverseRepayment(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description:
      'A new schedule for what is owed. For treasurers and coordinators of the supporter, who alone can wait longer.',
  })
  @Policy('signedIn')
  async deferRepayment(
    @Args('input') input: DeferRepaymentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.relief.defer(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description:
      'Forgives a part of what is owed, or all of it. For treasurers and coordinators of the supporter.',
  })
  @Policy('signedIn')
  async writeOffLoan(
    @Args('input') input: WriteOffLoanInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.relief.writeOff(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description: 'Lets go of what was pledged and not paid. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async waivePledge(
    @Args('input') input: WaivePledgeInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.relief.waive(requireViewer(viewer), input));
  }

  private async reload(id: Id<'pledge'>): Promise<PledgeModel> {
    const row = await this.reader.pledge(id);
    if (!row) throw DomainError.notFound('pledge', id);
    return pledgeView(row);
  }
}
