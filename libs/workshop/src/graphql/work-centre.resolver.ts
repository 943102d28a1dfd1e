import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PersonLoader, PersonModel } from '#identity';
import { CurrentViewer, MoneyModel, Policy, Request, type RequestContext, type Viewer } from '#platform';
import { WorkshopReader } from '../workshop.reader.js';
import { WorkCalendarModel } from './calendar.model.js';
import { calendarModel } from './calendar.resolver.js';
import { CalendarLoader, MachinesOfWorkCentreLoader } from './machine.loader.js';
import { MachineModel } from './machine.model.js';
import { QualificationLoader, RequiredQualificationsLoader, SectionLoader } from './place.loader.js';
import { MakerQualificationModel, QualificationModel, SectionModel, WorkCentreModel } from './place.model.js';

@Resolver(() => WorkCentreModel)
export class WorkCentreResolver {
  constructor(
    private readonly sections: SectionLoader,
    private readonly requiredBy: RequiredQualificationsLoader,
    private readonly machinesOf: MachinesOfWorkCentreLoader,
    private readonly calendars: CalendarLoader,
  ) {}

  @ResolveField(() => [MachineModel], { description: 'Those in use; a bench has none.' })
  machines(@Parent() centre: WorkCentreModel, @Request() context: RequestContext): Promise<MachineModel[]> {
    return this.machinesOf.load(context, centre.id);
  }

  @ResolveField(() => MoneyModel, { nullable: true, description: 'Of one hour.' })
  hourlyCost(@Parent() centre: WorkCentreModel): MoneyModel | null {
    const { hourlyCostMinor: amountMinor, hourlyCostCurrency: currency } = centre;
    return amountMinor === null || currency === null ? null : { amountMinor, currency };
  }

  @ResolveField(() => WorkCalendarModel, { nullable: true, description: 'Null: open at all times.' })
  async calendar(
    @Parent() centre: WorkCentreModel,
    @Request() context: RequestContext,
  ): Promise<WorkCalendarModel | null> {
    return centre.calendarId && calendarModel(await this.calendars.load(context, centre.calendarId));
  }

  @ResolveField(() => SectionModel)
  section(@Parent() centre: WorkCentreModel, @Request() context: RequestContext): Promise<SectionModel> {
    return this.sections.load(context, centre.sectionId);
  }

  @ResolveField(() => [QualificationModel], { description: 'All of them are needed to take a job here.' })
  requiredQualifications(
    @Parent() centre: WorkCentreModel,
    @Request() context: RequestContext,
  ): Promise<QualificationModel[]> {
    return this.requiredBy.load(context, centre.id);
  }
}

@Resolver(() => MakerQualificationModel)
export class MakerQualificationResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly people: PersonLoader,
    private readonly qualificationsById: QualificationLoader,
  ) {}

  @Query(() => [QualificationModel], { description: 'For members of the fablab.' })
  @Policy('signedIn')
  qualifications(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<QualificationModel[]> {
    return this.workshop.qualifications(viewer, fablabId);
  }

  @Query(() => [MakerQualificationModel], {
    description:
      'Who holds what; those that have expired too, until they are renewed. For members of the fablab.',
  })
  @Policy('signedIn')
  makerQualifications(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<MakerQualificationModel[]> {
    return this.workshop.makerQualifications(viewer, fablabId);
  }

  @Query(() => [MakerQualificationModel], {
    description: 'All that one maker ever held here, the latest first. For members of the fablab.',
  })
  @Policy('signedIn')
  qualificationHistory(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
    @Args('personId', { type: () => ID }) personId: string,
  ): Promise<MakerQualificationModel[]> {
    return this.workshop.qualificationHistory(viewer, fablabId, personId);
  }

  @ResolveField(() => PersonModel, { nullable: true, description: 'Of a learner.' })
  async supervisor(
    @Parent() grant: MakerQualificationModel,
    @Request() context: RequestContext,
  ): Promise<PersonModel | null> {
    return grant.supervisorId && this.people.load(context, grant.supervisorId);
  }

  @ResolveField(() => PersonModel)
  person(@Parent() grant: MakerQualificationModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, grant.personId);
  }

  @ResolveField(() => QualificationModel)
  qualification(
    @Parent() grant: MakerQualificationModel,
    @Request() context: RequestContext,
  ): Promise<QualificationModel> {
    return this.qualificationsById.load(context, grant.qualificationId);
  }
}
