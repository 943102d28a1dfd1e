import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '#platform';
import { readTilePath } from '../log/core/tiles.js';
import { LogReader } from '../log/log.reader.js';
import { documentTag, pageTag } from './conditional.js';
import { send } from './public-answer.js';

const TEXT = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';

/**
 * The public log as c2sp.org/tlog-tiles has it: nothing here is computed for who asks, all of it can be kept by caches,
 * and anyone's script may read it.
 */
@Controller('log')
export class LogController {
  constructor(private readonly log: LogReader) {}

  @Get('checkpoint')
  async checkpoint(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const head = await this.log.head();
    if (!head)
      return missing(reply, 'This log has no signed head yet: the worker makes it when it first runs.');
    const answer = { type: TEXT, body: head.note, tag: pageTag(head.note) };
    await send(request, reply, { ...answer, freshness: 'revalidate', open: true });
  }

  /** Every key a head was signed with, the newest first, and behind it the key with which this instance witnesses. */
  @Get('vkey')
  async vkey(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const keys = [...(await this.log.vkeys('log')), ...(await this.log.vkeys('witness'))];
    if (keys.length === 0)
      return missing(reply, 'This log has no key yet: the worker makes it when it first runs.');
    const body = keys.map((key) => `${key}\n`).join('');
    await send(request, reply, { type: TEXT, body, tag: pageTag(body), freshness: 'revalidate', open: true });
  }

  @Get('tile/*')
  async tile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tile = readTilePath((request.url.split('?')[0] ?? '').slice('/log/'.length));
    const head = tile && (await this.log.head());
    const bytes = tile && head ? await this.log.tile(tile, head.size) : null;
    if (!tile || !bytes) return missing(reply, 'The log has no such tile.');
    const body = Buffer.from(bytes);
    // A weak tag lets bundles travel compressed, as the specification asks; hashes would not become smaller.
    const tag = tile.level === 'entries' ? pageTag(body) : pageTag(body).replace(/^W\//, '');
    await send(request, reply, { type: BYTES, body, tag, freshness: 'immutable', open: true });
  }

  /** Documents that the log itself keeps, by their hash. */
  @Get('documents/:name')
  async document(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, sha256 = ''] = /^([0-9a-f]{64})\.json$/.exec(name) ?? [];
    const text = sha256 && (await this.log.document(sha256));
    if (!text) return missing(reply, 'The log keeps no such document.');
    const answer = {
      type: 'application/json; charset=utf-8',
      body: Buffer.from(text),
      tag: documentTag(sha256Hex(text)),
    };
    await send(request, reply, { ...answer, freshness: 'immutable', open: true });
  }
}

async function missing(reply: FastifyReply, sentence: string): Promise<void> {
  await reply
    .status(404)
    .header('cache-control', 'no-store')
    .header('access-control-allow-origin', '*')
    .type(TEXT)
    .send(`${sentence}\n`);
}
