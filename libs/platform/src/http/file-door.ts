import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type ErrorCode } from '#kernel';
import { CONFIG, type Config } from '../config/config.js';
import { readCookie, sessionCookieName } from '../sessions/session-cookie.js';
import { ViewerSource, requireViewer, type Viewer } from '../sessions/viewer.js';

const STATUS: Partial<Record<ErrorCode, number>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
};

export interface FileAnswer {
  /** As it is saved, ASCII only. */
  readonly name: string;
  /** Such as `text/csv; charset=utf-8`. */
  readonly contentType: string;
  readonly body: Readable | Buffer | string;
}

/** Files for a signed-in person, by the session's cookie; nobody on the way keeps them. */
@Injectable()
export class FileDoor {
  constructor(
    private readonly viewers: ViewerSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Sends what `make` gives; a refusal is one sentence of plain text. */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    make: (viewer: Viewer) => Promise<FileAnswer>,
  ): Promise<void> {
    void reply.header('cache-control', 'private, no-store');
    try {
      const { name, contentType, body } = await make(requireViewer(await this.viewerOf(request)));
      await reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('x-content-type-options', 'nosniff')
        .send(body);
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
