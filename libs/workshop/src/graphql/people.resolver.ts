import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PersonLoader, PersonModel } from '#identity';
import { DomainError, dayOf, type Clock, type Id } from '#kernel';
import { CLOCK, CurrentViewer, Policy, Request, type RequestContext, type Viewer } from '#platform';
import { addDays } from '../domain/calendar.js';
import { MakerHoursService } from '../maker-hours.service.js';
import { StayReader, type StayView } from '../stay.reader.js';
import { StayService } from '../stay.service.js';
import { WorkshopReader } from '../workshop.reader.js';
import { weekModel } from './calendar.model.js';
import {
  AddAbsenceInput,
  CancelStayInput,
  CreateStayInput,
  MakerTimesModel,
  RemoveAbsenceInput,
  SaveMakerHoursInput,
  SaveOnboardingInput,
  SetMakerVisitingInput,
  StayModel,
  TickOnboardingInput,
  UpdateStayInput,
} from './people.model.js';

@Resolver(() => StayModel)
export class StayResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly reader: StayReader,
    private readonly service: StayService,
    private readonly people: PersonLoader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => [StayModel], { description: 'Those that go on or are to come. For members of the fablab.' })
  @Policy('signedIn')
  async stays(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<StayModel[]> {
    // A day more, so that nobody's last day is left out wherever the fablab is.
    const from = addDays(dayOf(this.clock.now()), -1);
    return (await this.reader.ofFablab(this.workshop.memberOf(viewer, fablabId), from)).map(stayModel);
  }

  @Query(() => [String], { description: 'What is gone through with who comes. For members of the fablab.' })
  @Policy('signedIn')
  onboarding(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<string[]> {
    return this.reader.onboardingOf(this.workshop.memberOf(viewer, fablabId));
  }

  @ResolveField(() => PersonModel)
  person(@Parent() stay: StayModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, stay.personId);
  }

  @ResolveField(() => PersonModel)
  host(@Parent() stay: StayModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, stay.hostId);
  }

  @Mutation(() => StayModel, { description: 'The maker counts as a visitor from now on. For coordinators.' })
  @Policy('signedIn')
  async createStay(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CreateStayInput,
  ): Promise<StayModel> {
    return this.after(await this.service.create(viewer, input));
  }

  @Mutation(() => StayModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async updateStay(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: UpdateStayInput,
  ): Promise<StayModel> {
    return this.after(await this.service.update(viewer, input));
  }

  @Mutation(() => StayModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async cancelStay(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CancelStayInput,
  ): Promise<StayModel> {
    return this.after(await this.service.cancel(viewer, input));
  }

  @Mutation(() => StayModel, { description: 'For the host and coordinators.' })
  @Policy('signedIn')
  async tickOnboarding(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: TickOnboardingInput,
  ): Promise<StayModel> {
    return this.after(await this.service.tick(viewer, input));
  }

  @Mutation(() => [String], { description: 'The list as it is from now on. For coordinators of the fablab.' })
  @Policy('signedIn')
  async saveOnboarding(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: SaveOnboardingInput,
  ): Promise<string[]> {
    return this.reader.onboardingOf(await this.service.saveOnboarding(viewer, input));
  }

  private async after(id: Id<'stay'>): Promise<StayModel> {
    const stay = await this.reader.byId(id);
    if (!stay) throw DomainError.notFound('stay', id);
    return stayModel(stay);
  }
}

@Resolver(() => MakerTimesModel)
export class MakerTimesResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly reader: StayReader,
    private readonly service: MakerHoursService,
    private readonly people: PersonLoader,
  ) {}

  @Query(() => [MakerTimesModel], {
    description: 'Of makers of whom something was entered. For members of the fablab.',
  })
  @Policy('signedIn')
  makerTimes(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<MakerTimesModel[]> {
    return this.times(this.workshop.memberOf(viewer, fablabId));
  }

  @ResolveField(() => PersonModel)
  person(@Parent() times: MakerTimesModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, times.personId);
  }

  @Mutation(() => [MakerTimesModel], { description: 'For the maker and coordinators; returns those of all.' })
  @Policy('signedIn')
  async saveMakerHours(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: SaveMakerHoursInput,
  ): Promise<MakerTimesModel[]> {
    return this.times(await this.service.saveHours(viewer, input));
  }

  @Mutation(() => [MakerTimesModel], { description: 'For the maker and coordinators; returns those of all.' })
  @Policy('signedIn')
  async addAbsence(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: AddAbsenceInput,
  ): Promise<MakerTimesModel[]> {
    return this.times(await this.service.addAbsence(viewer, input));
  }

  @Mutation(() => [MakerTimesModel], { description: 'For the maker and coordinators; returns those of all.' })
  @Policy('signedIn')
  async removeAbsence(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: RemoveAbsenceInput,
  ): Promise<MakerTimesModel[]> {
    return this.times(await this.service.removeAbsence(viewer, input));
  }

  @Mutation(() => [MakerTimesModel], { description: 'For coordinators; returns the times of all.' })
  @Policy('signedIn')
  async setMakerVisiting(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: SetMakerVisitingInput,
  ): Promise<MakerTimesModel[]> {
    return this.times(await this.service.setVisiting(viewer, input));
  }

  private async times(fablabId: Id<'community'>): Promise<MakerTimesModel[]> {
    const all = await this.reader.timesOf(fablabId);
    return all.map(({ personId, visiting, week, absences }) => ({
      ...{ fablabId, personId, visiting },
      week: weekModel(week),
      absences: [...absences],
    }));
  }
}

function stayModel(view: StayView): StayModel {
  const { id, fablabId, personId, hostId, fromDay, toDay, skills } = view;
  const onboarding = view.items.map(({ position, text, tickedAt }) => ({
    ...{ position, text },
    tickedAt: tickedAt === null ? null : new Date(tickedAt),
  }));
  return { id, fablabId, personId, hostId, fromDay, toDay, skills, onboarding };
}
