import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LogFormatError } from '../log/core/bytes.js';
import { WitnessService, type Witnessed } from '../log/witness.service.js';

const TEXT = 'text/plain; charset=utf-8';

/** c2sp.org/tlog-witness, below `/witness` for sending and for reading alike. */
@Controller('witness')
export class WitnessController {
  constructor(private readonly witness: WitnessService) {}

  @Post('add-checkpoint')
  async addCheckpoint(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const answer = await this.judged(typeof body === 'string' ? body : '');
    reply.status(answer.status).header('cache-control', 'no-store');
    if (answer.status === 409) await reply.type('text/x.tlog.size').send(`${answer.size}\n`);
    else await reply.type(TEXT).send(answer.status === 200 ? `${answer.line}\n` : '');
  }

  @Get(':origin/checkpoint')
  async checkpoint(@Param('origin') origin: string, @Res() reply: FastifyReply): Promise<void> {
    const note = await this.witness.lastHead(origin);
    reply.header('cache-control', 'no-cache').header('access-control-allow-origin', '*').type(TEXT);
    await reply.status(note === null ? 404 : 200).send(note ?? '');
  }

  private async judged(body: string): Promise<Witnessed> {
    try {
      return await this.witness.addCheckpoint(body);
    } catch (error) {
      if (error instanceof LogFormatError) return { status: 400 };
      throw error;
    }
  }
}
