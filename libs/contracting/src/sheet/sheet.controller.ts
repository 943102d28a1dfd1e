import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, dayOf, type Clock } from '#kernel';
import { CommunityDirectory } from '#identity';
import { CLOCK, FileDoor } from '#platform';
import { SheetService } from './sheet.service.js';
import { readSheetQuery } from './sheet-filter.js';

/** The treasurer's sheet as a file, filtered and sorted as on the screen. */
@Controller('sheet')
export class SheetController {
  constructor(
    private readonly sheets: SheetService,
    private readonly communities: CommunityDirectory,
    private readonly door: FileDoor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `GET /sheet/rivermill.csv?side=fablab&contract=CSM-2026-0001&due=overdue`, with the session's cookie. */
  @Get(':slug.csv')
  async download(
    @Param('slug') slug: string,
    @Query() query: Record<string, string | undefined>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.door.send(request, reply, async (viewer) => {
      const { side, filter, order } = readSheetQuery(query);
      const community = await this.communities.bySlug(slug);
      if (!community) throw DomainError.notFound('community', slug);
      const lines = await this.sheets.csv(viewer, { communityId: community.id, side }, filter, order);
      return {
        name: `${community.slug}-sheet-${dayOf(this.clock.now())}.csv`,
        contentType: 'text/csv; charset=utf-8',
        body: Readable.from(lines),
      };
    });
  }
}
