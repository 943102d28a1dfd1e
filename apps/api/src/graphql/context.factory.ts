import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CONFIG,
  ViewerSource,
  readCookie,
  sameRights,
  sessionCookieName,
  type Config,
  type RequestContext,
} from '#platform';

/** Of the codes that graphql-ws takes for temporary: the client connects again, and subscribes as it may by then. */
const RIGHTS_CHANGED = 4205;

/** One connection of graphql-ws. */
export interface OpenSocket {
  readonly request: IncomingMessage;
  readonly socket: { close(code: number, reason: string): void };
}

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

  async ofSocket({ request, socket }: OpenSocket): Promise<RequestContext> {
    const sessionToken = readCookie(request.headers.cookie, this.cookieName);
    const viewer = sessionToken === null ? null : await this.viewers.viewerOf(sessionToken);
    return {
      sessionToken,
      viewer,
      stillHolds: async () => {
        if (sessionToken === null) return true;
        if (sameRights(viewer, await this.viewers.viewerOf(sessionToken))) return true;
        socket.close(RIGHTS_CHANGED, 'your session or roles have changed');
        return false;
      },
      remoteAddress: request.socket.remoteAddress ?? 'unknown',
      origin: this.config.publicUrl ?? `http://${request.headers.host ?? 'localhost'}`,
    };
  }
}
