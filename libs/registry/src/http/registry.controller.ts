import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '#platform';
import { contractPage } from '../pages/contract.page.js';
import { registryListPage } from '../pages/registry-list.page.js';
import { releasePage } from '../pages/release.page.js';
import { LogProofs } from '../log/log-proofs.js';
import { ReleasePdfService } from '../pdf/release-pdf.service.js';
import { notPublished, RegistryReader } from '../registry-reader.service.js';
import type { ReleasedDocument } from '../released-document.js';
import { readContractAddress, readReleaseAddress } from './addresses.js';
import { originOf, sendJson, sendPage, sendPdf, sendNotYet, sendProof } from './public-answer.js';
import { PublicProblemFilter } from './public-problem.filter.js';

/** The public registry: pages for people, documents for everybody. No session is read and no cookie set. */
@Controller('registry')
@UseFilters(PublicProblemFilter)
export class RegistryController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly reader: RegistryReader,
    private readonly pdfs: ReleasePdfService,
    private readonly log: LogProofs,
  ) {}

  @Get()
  async list(
    @Query('state') state: unknown,
    @Query('after') after: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const facts = await this.reader.list({ state, after });
    await sendPage(request, reply, registryListPage({ ...facts, origin: originOf(this.config, request) }));
  }

  /** The page, and the latest release as `.json` and `.pdf`. */
  @Get('contracts/:segment')
  async contract(
    @Param('segment') segment: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const address = readContractAddress(segment);
    if (!address) throw notPublished();
    if (address.format === 'page') {
      const facts = await this.reader.contract(address.ref);
      await sendPage(request, reply, contractPage({ ...facts, origin: originOf(this.config, request) }));
    } else {
      const release = await this.reader.latestDocument(address.ref);
      if (address.format === 'json') await sendJson(request, reply, release, 'revalidate');
      else await this.sendPdfOf(release, request, reply);
    }
  }

  /** One release: its documents stand for ever under this address, its page says what has become of it. */
  @Get('contracts/:ref/releases/:segment')
  async release(
    @Param('ref') ref: string,
    @Param('segment') segment: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const address = readReleaseAddress(ref, segment);
    if (!address) throw notPublished();
    if (address.format === 'page') {
      const facts = await this.reader.releasePage(address.ref, address.number);
      await sendPage(request, reply, releasePage({ ...facts, origin: originOf(this.config, request) }));
      return;
    }
    const release = await this.reader.document(address.ref, address.number);
    if (address.format === 'json') await sendJson(request, reply, release, 'immutable');
    else if (address.format === 'tlog-proof')
      await sendProof(request, reply, await this.log.proofOf('release', release.sha256));
    else await this.sendPdfOf(release, request, reply);
  }

  @Get('*')
  unknown(): never {
    throw notPublished();
  }

  private async sendPdfOf(
    release: ReleasedDocument,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const index = await this.log.awaitIndex('release', release.sha256);
    if (index === null) return sendNotYet(reply);
    const pdf = await this.pdfs.pdfOf(release, originOf(this.config, request), index);
    await sendPdf(request, reply, pdf, `${release.document.contract}-release-${release.number}.pdf`);
  }
}
