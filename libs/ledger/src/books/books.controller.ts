import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, dayOf, isId, type Clock, type Id } from '#kernel';
import { CLOCK, Database, FileDoor, hasRole, requireRole } from '#platform';
import { LedgerReader } from '../ledger.reader.js';
import { writeAccountCsv } from './account-csv.js';
import { isBooksFormat, type BooksFormat } from './books.js';
import { BooksService } from './books.service.js';

/** The books of a community as a file, for its treasurers and coordinators. */
@Controller('books')
export class BooksController {
  constructor(
    private readonly books: BooksService,
    private readonly ledger: LedgerReader,
    private readonly database: Database,
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

  /** `GET /books/accounts/<id>.csv`: the entries of one account. */
  @Get('accounts/:id.csv')
  async account(
    @Param('id') given: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.door.send(request, reply, async (viewer) => {
      const account = isId(given) ? await this.ledger.account(given as Id<'account'>) : null;
      if (!account || !hasRole(viewer, account.ownerId, 'treasurer', 'coordinator'))
        throw DomainError.notFound('account', given);
      const code = account.code.replaceAll(':', '-');
      return {
        name: `${code}-${account.currency.toLowerCase()}-${dayOf(this.clock.now())}.csv`,
        contentType: 'text/csv; charset=utf-8',
        body: Readable.from(writeAccountCsv(this.database, account)),
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
