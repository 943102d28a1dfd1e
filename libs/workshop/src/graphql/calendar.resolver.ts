import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, checkInput, type Clock } from '#kernel';
import { CLOCK, CurrentViewer, Policy, type Viewer } from '#platform';
import { CalendarReader, type CalendarView } from '../calendar.reader.js';
import { CalendarService } from '../calendar.service.js';
import { STRETCH_DAYS_MAX, openStretches } from '../domain/calendar.js';
import { WorkshopReader } from '../workshop.reader.js';
import {
  SaveCalendarInput,
  SaveWorkshopSettingInput,
  StretchModel,
  WorkCalendarModel,
  WorkshopSettingModel,
  exceptionModels,
  weekModel,
} from './calendar.model.js';

const DAY_MILLISECONDS = 86_400_000;

@Resolver(() => WorkCalendarModel)
export class CalendarResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly reader: CalendarReader,
    private readonly service: CalendarService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => [WorkCalendarModel], { description: 'For members of the fablab.' })
  @Policy('signedIn')
  async calendars(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<WorkCalendarModel[]> {
    return (await this.reader.ofFablab(this.workshop.memberOf(viewer, fablabId))).map(calendarModel);
  }

  @Query(() => WorkshopSettingModel, { description: 'For members of the fablab.' })
  @Policy('signedIn')
  workshopSetting(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<WorkshopSettingModel> {
    return this.reader.settingOf(this.workshop.memberOf(viewer, fablabId));
  }

  @ResolveField(() => [StretchModel], { description: 'When it is open in the days from now on.' })
  async opening(
    @Parent() calendar: WorkCalendarModel,
    @Args('days', { type: () => Int, defaultValue: 7 }) days: number,
  ): Promise<StretchModel[]> {
    const ahead = checkInput((check) =>
      check.integer('days', days, { min: 1, max: STRETCH_DAYS_MAX, name: 'the number of days' }),
    );
    const [view] = await this.reader.byIds([calendar.id]);
    if (!view) throw DomainError.notFound('calendar', calendar.id);
    const { timeZone } = await this.reader.settingOf(calendar.fablabId);
    const now = this.clock.now();
    const until = new Date(now.getTime() + ahead * DAY_MILLISECONDS);
    return openStretches(view, timeZone, now, until).map(({ start, end }) => ({ start, end }));
  }

  @Mutation(() => WorkCalendarModel, { description: 'Writes a calendar as a whole. For coordinators.' })
  @Policy('signedIn')
  async saveCalendar(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: SaveCalendarInput,
  ): Promise<WorkCalendarModel> {
    const id = await this.service.save(viewer, input);
    const [saved] = await this.reader.byIds([id]);
    if (!saved) throw DomainError.notFound('calendar', id);
    return calendarModel(saved);
  }

  @Mutation(() => WorkshopSettingModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async saveWorkshopSetting(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: SaveWorkshopSettingInput,
  ): Promise<WorkshopSettingModel> {
    return this.reader.settingOf(await this.service.saveSetting(viewer, input));
  }
}

export function calendarModel(view: CalendarView): WorkCalendarModel {
  const { id, fablabId, name, week, exceptions } = view;
  return { id, fablabId, name, week: weekModel(week), exceptions: exceptionModels(exceptions) };
}
