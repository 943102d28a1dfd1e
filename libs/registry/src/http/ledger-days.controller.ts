import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommunityDirectory } from '#identity';
import { DomainError, isDay } from '#kernel';
import { LedgerDays } from '#ledger';
import { canonicalJson, sha256Hex } from '#platform';
import { sendJson } from './public-answer.js';
import { PublicProblemFilter } from './public-problem.filter.js';

/** What a community's books took in on a day, as hashes: computed from the books whenever it is asked for. */
@Controller('registry/ledgers')
@UseFilters(PublicProblemFilter)
export class LedgerDaysController {
  constructor(
    private readonly communities: CommunityDirectory,
    private readonly days: LedgerDays,
  ) {}

  @Get(':slug/:file')
  async day(
    @Param('slug') slug: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, text = ''] = /^(.{10})\.json$/.exec(file) ?? [];
    const community = isDay(text) ? await this.communities.bySlug(slug) : null;
    if (!community || !isDay(text)) {
      throw new DomainError(
        'NOT_FOUND',
        'There are no books of such a community, or this is not a day such as 2026-03-02.',
      );
    }
    const document = canonicalJson(await this.days.day(community, text));
    await sendJson(request, reply, { canonicalJson: document, sha256: sha256Hex(document) }, 'revalidate');
  }
}
