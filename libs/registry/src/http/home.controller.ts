import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '#platform';
import { landingPage } from '../pages/landing.page.js';
import { RegistryReader } from '../registry-reader.service.js';
import { originOf, sendPage } from './public-answer.js';
import { PublicProblemFilter } from './public-problem.filter.js';

/** `/`: where somebody arrives who knows nothing yet. */
@Controller()
@UseFilters(PublicProblemFilter)
export class HomeController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly reader: RegistryReader,
  ) {}

  @Get()
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const facts = await this.reader.landing();
    const page = landingPage({ ...facts, origin: originOf(this.config, request), demo: this.config.demo });
    await sendPage(request, reply, page);
  }
}
