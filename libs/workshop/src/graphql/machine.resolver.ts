import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PersonLoader, PersonModel } from '#identity';
import { DomainError, type Id } from '#kernel';
import { CurrentViewer, Policy, Request, isMember, type RequestContext, type Viewer } from '#platform';
import { MachineReader } from '../machine.reader.js';
import { MachineService } from '../machine.service.js';
import {
  CreateMachineInput,
  MachineEventModel,
  MachineModel,
  RepairMachineInput,
  ReportBreakdownInput,
  RetireMachineInput,
  StartMaintenanceInput,
  UpdateMachineInput,
} from './machine.model.js';
import { WorkCentreLoader } from './place.loader.js';
import { WorkCentreModel } from './place.model.js';

@Resolver(() => MachineModel)
export class MachineResolver {
  constructor(
    private readonly reader: MachineReader,
    private readonly service: MachineService,
    private readonly workCentres: WorkCentreLoader,
  ) {}

  @Query(() => MachineModel, {
    nullable: true,
    description: 'The one whose label says this code. For members of the fablab.',
  })
  @Policy('signedIn')
  async machineByCode(
    @CurrentViewer() viewer: Viewer | null,
    @Args('code', { type: () => String }) code: string,
  ): Promise<MachineModel | null> {
    const machine = await this.reader.byCode(code.toUpperCase());
    return machine && isMember(viewer, machine.fablabId) ? machine : null;
  }

  @ResolveField(() => WorkCentreModel)
  workCentre(@Parent() machine: MachineModel, @Request() context: RequestContext): Promise<WorkCentreModel> {
    return this.workCentres.load(context, machine.workCentreId);
  }

  @ResolveField(() => [MachineEventModel], { description: 'The latest thirty, the last one first.' })
  history(@Parent() machine: MachineModel): Promise<MachineEventModel[]> {
    return this.reader.historyOf(machine.id);
  }

  @Mutation(() => MachineModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async createMachine(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CreateMachineInput,
  ): Promise<MachineModel> {
    return this.after(await this.service.create(viewer, input));
  }

  @Mutation(() => MachineModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async updateMachine(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: UpdateMachineInput,
  ): Promise<MachineModel> {
    return this.after(await this.service.update(viewer, input));
  }

  @Mutation(() => WorkCentreModel, { description: 'For good. For coordinators of the fablab.' })
  @Policy('signedIn')
  async retireMachine(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: RetireMachineInput,
    @Request() context: RequestContext,
  ): Promise<WorkCentreModel> {
    return this.workCentres.load(context, await this.service.retire(viewer, input));
  }

  @Mutation(() => MachineModel, { description: 'Sets a machine down at once. For members of the fablab.' })
  @Policy('signedIn')
  async reportBreakdown(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: ReportBreakdownInput,
  ): Promise<MachineModel> {
    return this.after(await this.service.reportBreakdown(viewer, input));
  }

  @Mutation(() => MachineModel, { description: 'For makers and coordinators of the fablab.' })
  @Policy('signedIn')
  async startMaintenance(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: StartMaintenanceInput,
  ): Promise<MachineModel> {
    return this.after(await this.service.startMaintenance(viewer, input));
  }

  @Mutation(() => MachineModel, { description: 'It is up again. For makers and coordinators of the fablab.' })
  @Policy('signedIn')
  async repairMachine(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: RepairMachineInput,
  ): Promise<MachineModel> {
    return this.after(await this.service.repair(viewer, input));
  }

  private async after(id: Id<'machine'>): Promise<MachineModel> {
    const machine = await this.reader.byId(id);
    if (!machine) throw DomainError.notFound('machine', id);
    return machine;
  }
}

@Resolver(() => MachineEventModel)
export class MachineEventResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => PersonModel)
  person(@Parent() event: MachineEventModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, event.personId);
  }
}
