import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CONFIG,
  ViewerSource,
  readCookie,
  sessionCookieName,
  type Config,
  type RequestContext,
} from '#platform';

/** Builds what the resolvers of a request share: the viewer above all. */
@Injectable()
export class ContextFactory {
  private readonly cookieName: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly viewers: ViewerSource,
  ) {
    this.cookieName = sessionCookieName(config);
  }

  async ofRequest(request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> {
    const sessionToken = readCookie(request.headers.cookie, this.cookieName);
    return {
      sessionToken,
      viewer: sessionToken === null ? null : await this.viewers.viewerOf(sessionToken),
      reply,
      remoteAddress: request.ip,
      origin: this.config.publicUrl ?? `${request.protocol}://${request.host}`,
    };
  }

  async ofSocket(request: IncomingMessage): Promise<RequestContext> {
    const sessionToken = readCookie(request.headers.cookie, this.cookieName);
    return {
      sessionToken,
      viewer: sessionToken === null ? null : await this.viewers.viewerOf(sessionToken),
      remoteAddress: request.socket.remoteAddress ?? 'unknown',
      origin: this.config.publicUrl ?? `http://${request.headers.host ?? 'localhost'}`,
    };
  }
}
