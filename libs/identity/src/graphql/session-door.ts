import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG,
  ViewerSource,
  requireViewer,
  sessionCookie,
  type Config,
  type RequestContext,
  type Viewer,
} from '#platform';
import type { Visitor } from '../account.service.js';

type OpenContext = { -readonly [Key in keyof RequestContext]: RequestContext[Key] };

/**
 * Lets the rest of a request see who came in or left. Everywhere else a request's context is read-only; here the
 * answer of `signIn` itself would otherwise be refused to the person who has just signed in.
 */
@Injectable()
export class SessionDoor {
  constructor(
    private readonly viewers: ViewerSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  visitor(context: RequestContext): Visitor {
    return { address: context.remoteAddress, sessionToken: context.sessionToken };
  }

  /** Gives the browser its cookie, and the request its viewer. */
  async enter(context: RequestContext, sessionToken: string): Promise<Viewer> {
    this.setCookie(context, sessionToken);
    return requireViewer(await this.refresh(context));
  }

  leave(context: RequestContext): void {
    this.setCookie(context, null);
    (context as OpenContext).viewer = null;
  }

  /** After a change of the viewer's own roles: what else the request asks for is decided by the new ones. */
  async refresh(context: RequestContext): Promise<Viewer | null> {
    const viewer = context.sessionToken === null ? null : await this.viewers.viewerOf(context.sessionToken);
    (context as OpenContext).viewer = viewer;
    return viewer;
  }

  private setCookie(context: RequestContext, sessionToken: string | null): void {
    (context as OpenContext).sessionToken = sessionToken;
    void context.reply?.header('set-cookie', sessionCookie(this.config, sessionToken));
  }
}
