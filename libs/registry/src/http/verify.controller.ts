import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '#platform';
import { LogReader } from '../log/log.reader.js';
import { verifyPage } from '../pages/verify.page.js';
import { pageTag } from './conditional.js';
import { originOf, send, sendPage } from './public-answer.js';
import { PublicProblemFilter } from './public-problem.filter.js';
import { verifyScript, type VerifyScript } from './verify-scripts.js';

const NOT_BUILT = 'This script is not built yet. Run “npm run build:server” and ask again.\n';

/** `/verify`: the whole log checked in the reader's own browser, or by a script that the reader keeps. */
@Controller()
@UseFilters(PublicProblemFilter)
export class VerifyController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: LogReader,
  ) {}

  @Get('verify')
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [head, vkeys] = await Promise.all([this.log.head(), this.log.vkeys('log')]);
    await sendPage(request, reply, verifyPage({ origin: originOf(this.config, request), head, vkeys }));
  }

  @Get('verify.mjs')
  async commandLine(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.header('content-disposition', 'attachment; filename="verify.mjs"');
    await sendScript('verify.mjs', request, reply);
  }

  @Get('verify-page.js')
  async browser(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendScript('verify-page.js', request, reply);
  }
}

async function sendScript(name: VerifyScript, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const body = verifyScript(name);
  if (!body) {
    await reply.status(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    return;
  }
  const answer = { type: 'text/javascript; charset=utf-8', body, tag: pageTag(body) };
  await send(request, reply, { ...answer, freshness: 'revalidate', open: true });
}
