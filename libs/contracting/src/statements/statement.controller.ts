import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { FileDoor } from '#platform';
import { statementCsv } from './statement-csv.js';
import { statementPdf } from './statement-pdf.js';
import { StatementService } from './statement.service.js';

/** Statements of account as files, for members of the supporter and treasurers of the fablab. */
@Controller('statements')
export class StatementController {
  constructor(
    private readonly statements: StatementService,
    private readonly door: FileDoor,
  ) {}

  /** `GET /statements/linden-street/2026.pdf?fablab=oak-hollow-fablab`, with the session's cookie. */
  @Get(':supporter/:file')
  async download(
    @Param('supporter') supporterSlug: string,
    @Param('file') file: string,
    @Query('fablab') fablab: string | string[] | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.door.send(request, reply, async (viewer) => {
      const { year, format } = readFileName(file);
      const fablabSlug = typeof fablab === 'string' && fablab !== '' ? fablab : null;
      const statement = await this.statements.read(viewer, { supporterSlug, fablabSlug, year });
      return {
        name: `statement-${year}-${statement.supporter.slug}-${statement.fablab.slug}.${format}`,
        contentType: format === 'pdf' ? 'application/pdf' : 'text/csv; charset=utf-8',
        body: format === 'pdf' ? await statementPdf(statement) : statementCsv(statement),
      };
    });
  }
}

/** @throws DomainError `NOT_FOUND` */
function readFileName(file: string): { year: number; format: 'pdf' | 'csv' } {
  const [, year, format] = /^(\d{4})\.(pdf|csv)$/.exec(file) ?? [];
  if (year && (format === 'pdf' || format === 'csv')) return { year: Number(year), format };
  throw new DomainError('NOT_FOUND', 'Statements come as .pdf or .csv of a year, such as 2026.pdf.');
}
