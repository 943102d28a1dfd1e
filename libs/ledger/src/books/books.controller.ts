import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, dayOf, type Clock } from '#kernel';
import { CLOCK, FileDoor, requireRole } from '#platform';
import { isBooksFormat, type BooksFormat } from './books.js';
import { BooksService } from './books.service.js';

/** The books of a community as a file, for its treasurers and coordinators. */
@Controller('books')
export class BooksController {
  constructor(
    private readonly books: BooksService,
    private readonly door: FileDoor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `GET /books/oak-hollow-fablab.hledger`, with the session's cookie. */
  @Get(':file')
  async download(
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.door.send(request, reply, async (viewer) => {
      const { slug, format } = readFileName(file);
      const community = await this.books.community(slug);
      requireRole(viewer, community.id, ['treasurer', 'coordinator'], 'read its books');
      return {
        name: `${community.slug}-${dayOf(this.clock.now())}.${format}`,
        contentType: `text/${format === 'csv' ? 'csv' : 'plain'}; charset=utf-8`,
        body: Readable.from(this.books.write(community, format)),
      };
    });
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
