import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DomainError } from '#kernel';
import { MailSettingsService } from './mail-settings.service.js';

const PATH = '/mail/unsubscribe/:token';

/**
 * The address in the `List-Unsubscribe` header of every mail. A mail program posts to it when its reader presses a
 * button (RFC 8058); a person who opens it is led to the page that asks first, for programs open links by themselves.
 * Plain routes in a scope of their own, because the form comes as multipart or not and says nothing that is read.
 */
@Injectable()
export class UnsubscribeRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly settings: MailSettingsService,
  ) {}

  async onModuleInit(): Promise<void> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    await fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, body, parsed) => {
        body.on('end', () => parsed(null)).resume();
      });
      scope.get<{ Params: { token: string } }>(PATH, ({ params }, reply) =>
        reply.redirect(`/app/unsubscribe/${encodeURIComponent(params.token)}`, 302),
      );
      scope.post<{ Params: { token: string } }>(PATH, ({ params }, reply) =>
        this.unsubscribe(params.token, reply),
      );
      done();
    });
  }

  private async unsubscribe(token: string, reply: FastifyReply): Promise<FastifyReply> {
    void reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8');
    try {
      const kind = await this.settings.unsubscribe(token);
      return await reply.send(`You get no more mails of this kind: ${kind}.\n`);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return await reply.status(404).send(`${error.message}\n`);
    }
  }
}
