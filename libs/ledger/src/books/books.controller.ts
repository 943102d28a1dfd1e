import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, dayOf, type Clock, type ErrorCode } from '#kernel';
import {
  CLOCK,
  CONFIG,
  ViewerSource,
  readCookie,
  requireRole,
  requireViewer,
  sessionCookieName,
  type Config,
  type Viewer,
} from '#platform';
import { isBooksFormat, type BooksFormat } from './books.js';
import { BooksService } from './books.service.js';

const STATUS: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/** The books of a community as a file, for its treasurers and coordinators. */
@Controller('books')
export class BooksController {
  constructor(
    private readonly books: BooksService,
    private readonly viewers: ViewerSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `GET /books/oak-hollow-fablab.hledger`, with the session's cookie. */
  @Get(':file')
  async download(
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.header('cache-control', 'private, no-store');
    try {
      const viewer = requireViewer(await this.viewerOf(request));
      const { slug, format } = readFileName(file);
      const community = await this.books.community(slug);
      requireRole(viewer, community.id, ['treasurer', 'coordinator'], 'read its books');
      const name = `${community.slug}-${dayOf(this.clock.now())}.${format}`;
      await reply
        .header('content-type', `text/${format === 'csv' ? 'csv' : 'plain'}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('x-content-type-options', 'nosniff')
        .send(Readable.from(this.books.write(community, format)));
    } catch (error) {
      const status = error instanceof DomainError ? STATUS[error.code] : undefined;
      if (status === undefined || !(error instanceof Error)) throw error;
      await reply
        .status(status)
        .header('content-type', 'text/plain; charset=utf-8')
        .send(`${error.message}\n`);
    }
  }

  private async viewerOf(request: FastifyRequest): Promise<Viewer | null> {
    const token = readCookie(request.headers.cookie, sessionCookieName(this.config));
    return token === null ? null : this.viewers.viewerOf(token);
  }
}

/** @throws DomainError `NOT_FOUND` */
function readFileName(file: string): { slug: string; format: BooksFormat } {
  const dot = file.lastIndexOf('.');
  const format = file.slice(dot + 1);
  if (dot > 0 && isBooksFormat(format)) return { slug: file.slice(0, dot), format };
  throw new DomainError(
    'NOT_FOUND',
    'Books come as .hledger, .ledger, .beancount or .csv, such as my-fablab.csv.',
  );
}
