import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyReply } from 'fastify';
import type { Viewer } from '../sessions/viewer.js';

/** What every resolver of one request shares. */
export interface RequestContext {
  readonly viewer: Viewer | null;
  /** The session's token as the cookie held it; needed to sign out. */
  readonly sessionToken: string | null;
  /** Absent on a subscription: cookies are set by HTTP only. */
  readonly reply?: FastifyReply;
  /** Who calls, for limits on tries; an address, never stored. */
  readonly remoteAddress: string;
  /** The address people reach this server at, without a trailing slash. */
  readonly origin: string;
  /**
   * On a subscription: looks the session up again before something is pushed. When it has ended, or the person's
   * roles are others, it closes the connection and answers false; the client comes back as who it is by then.
   */
  stillHolds?(): Promise<boolean>;
}

/** The signed-in person or null, as a parameter of a resolver. */
export const CurrentViewer = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Viewer | null => {
    return GqlExecutionContext.create(context).getContext<RequestContext>().viewer;
  },
);

/** The request's context, as a parameter of a resolver. */
export const Request = createParamDecorator((_data: unknown, context: ExecutionContext): RequestContext => {
  return GqlExecutionContext.create(context).getContext<RequestContext>();
});
