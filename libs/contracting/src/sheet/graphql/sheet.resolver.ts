import { Inject } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { dayOf, type Clock } from '#kernel';
import { CommunityLoader, CommunityModel } from '#identity';
import { CLOCK, CurrentViewer, Policy, Request, keysetOf, pageOf, requireViewer } from '#platform';
import type { Page, RequestContext, Viewer } from '#platform';
import { SheetService } from '../sheet.service.js';
import { readSheetFilter } from '../sheet-filter.js';
import { SheetArgs, SheetRowsArgs } from './sheet.input.js';
import { SheetChoicesModel, SheetRowConnection, SheetRowModel, SheetTotalModel } from './sheet.model.js';
import { rowView, totalView } from './sheet.view.js';

@Resolver(() => SheetRowModel)
export class SheetResolver {
  constructor(
    private readonly service: SheetService,
    private readonly communities: CommunityLoader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => SheetRowConnection, {
    description:
      'Every pledge with its payments and obligations: of a fablab for its treasurers and coordinators, of a supporter for its members.',
  })
  @Policy('signedIn')
  async sheetRows(
    @Args() { filter, sort, descending, ...args }: SheetRowsArgs,
    @CurrentViewer() given: Viewer | null,
  ): Promise<Page<SheetRowModel>> {
    const viewer = requireViewer(given);
    const keyset = keysetOf(args, 2);
    const { rows, accountOf } = await this.service.rows(
      viewer,
      args,
      readSheetFilter(filter ?? {}),
      { sort, descending },
      keyset,
    );
    const today = dayOf(this.clock.now());
    const shown = rows.map((row) => rowView(row, today, accountOf));
    return pageOf(shown, keyset, ({ sortKey, id }) => [sortKey, id]);
  }

  @Query(() => [SheetTotalModel], { description: 'The sums of all rows of `sheetRows`, by currency.' })
  @Policy('signedIn')
  async sheetTotals(
    @Args() { filter, ...of }: SheetArgs,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<SheetTotalModel[]> {
    return (await this.service.totals(requireViewer(viewer), of, readSheetFilter(filter ?? {}))).map(
      totalView,
    );
  }

  @Query(() => SheetChoicesModel, { description: 'What `sheetRows` can be filtered by.' })
  @Policy('signedIn')
  async sheetChoices(
    @Args() of: SheetArgs,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<SheetChoicesModel> {
    const { supporters, contracts } = await this.service.choices(requireViewer(viewer), of);
    return { supporters: [...supporters], contracts: [...contracts] };
  }

  @ResolveField(() => CommunityModel)
  supporter(@Parent() row: SheetRowModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.communities.load(context, row.supporterId);
  }

  @ResolveField(() => CommunityModel)
  fablab(@Parent() row: SheetRowModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.communities.load(context, row.fablabId);
  }
}
