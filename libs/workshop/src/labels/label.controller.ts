import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommunityDirectory } from '#identity';
import { DomainError, isSlug, type Clock, type ErrorCode } from '#kernel';
import {
  CLOCK,
  CONFIG,
  ViewerSource,
  isMember,
  readCookie,
  requireViewer,
  sessionCookieName,
  type Config,
} from '#platform';
import { MachineReader } from '../machine.reader.js';
import { drawLabels } from './label-sheet.js';

const STATUS: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/** Labels to print, and the short addresses that stand on them. */
@Controller()
export class LabelController {
  constructor(
    private readonly machines: MachineReader,
    private readonly communities: CommunityDirectory,
    private readonly viewers: ViewerSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `GET /labels/oak-hollow-fablab.pdf?section=woodworking`, with the session's cookie of a member. */
  @Get('labels/:slug.pdf')
  async sheet(
    @Param('slug') slug: string,
    @Query('section') section: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.header('cache-control', 'private, no-store');
    try {
      const token = readCookie(request.headers.cookie, sessionCookieName(this.config));
      const viewer = requireViewer(token === null ? null : await this.viewers.viewerOf(token));
      const fablab = await this.communities.bySlug(slug);
      if (!fablab) throw DomainError.notFound('community', slug);
      if (!isMember(viewer, fablab.id))
        throw DomainError.forbidden('Only members of this fablab print its labels.');
      const labels = await this.machines.labelsOf(fablab.id, section && isSlug(section) ? section : null);
      const origin = this.config.publicUrl ?? `${request.protocol}://${request.host}`;
      const title = `Labels of ${fablab.name}`;
      await reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', `inline; filename="${fablab.slug}-labels.pdf"`)
        .header('x-content-type-options', 'nosniff')
        .send(await drawLabels(labels, { title, origin, now: this.clock.now() }));
    } catch (error) {
      const status = error instanceof DomainError ? STATUS[error.code] : undefined;
      if (status === undefined || !(error instanceof Error)) throw error;
      await reply
        .status(status)
        .header('content-type', 'text/plain; charset=utf-8')
        .send(`${error.message}\n`);
    }
  }

  /** What a machine's label says: the app's page for it, which asks for a sign-in where there is none. */
  @Get('m/:code')
  machine(@Param('code') code: string, @Res() reply: FastifyReply): void {
    this.onward(reply, 'm', code);
  }

  @Get('s/:code')
  section(@Param('code') code: string, @Res() reply: FastifyReply): void {
    this.onward(reply, 's', code);
  }

  private onward(reply: FastifyReply, kind: 'm' | 's', code: string): void {
    void reply.header('cache-control', 'no-store').redirect(`/app/${kind}/${encodeURIComponent(code)}`, 302);
  }
}
