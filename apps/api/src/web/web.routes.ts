import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WEB_FOLDER } from './web-folder.js';

const NOT_BUILT =
  'The web app is not built yet. Run “npm run build:web” (or “npm start”, which builds what is missing), then load ' +
  'this page again. The API at /graphql and the public registry at /registry work without it.\n';

/** Names under `assets/` hold a hash of their content, so what was fetched once is good for ever. */
const HASHED = { immutable: true, maxAge: '365d' } as const;

/** Files with a fixed name (the icon, the colour scheme): kept for an hour, then asked for again by ETag. */
const NAMED = { maxAge: '1h' } as const;

/** Serves the built web app under `/app`: its files, and its one page for every address that a person can go to. */
@Injectable()
export class WebRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(WEB_FOLDER) private readonly folder: string,
  ) {}

  async onModuleInit(): Promise<void> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    await fastify.register(async (web) => {
      // The folder may appear while the API runs, so it is looked at for each request and the plug-in's own routes
      // (and its complaint about a missing root) are not wanted.
      await web.register(fastifyStatic, { root: process.cwd(), serve: false, preCompressed: true });
      web.get('/app', (_request, reply) => reply.redirect('/app/'));
      web.get('/app/*', (request, reply) => this.answer(request, reply));
    });
  }

  private answer(request: FastifyRequest, reply: FastifyReply): FastifyReply | void {
    const path = (request.params as { '*': string })['*'];
    if (!existsSync(join(this.folder, 'index.html'))) {
      return reply
        .status(503)
        .header('cache-control', 'no-store')
        .type('text/plain; charset=utf-8')
        .send(NOT_BUILT);
    }
    if (path.startsWith('assets/')) return reply.sendFile(path, this.folder, HASHED);
    if (/^[\w-]+\.(?:js|svg|png|ico|webmanifest)$/.test(path))
      return reply.sendFile(path, this.folder, NAMED);
    // A script that asks for a file that is gone must not be given a page instead.
    if (!wantsPage(request)) return reply.callNotFound();
    // The page names the hashed files, so it must never be an old one.
    return reply
      .header('cache-control', 'no-cache')
      .sendFile('index.html', this.folder, { cacheControl: false });
  }
}

/** A person goes there by address, link or reload; scripts and images say what else they want. */
function wantsPage(request: FastifyRequest): boolean {
  const wanted = request.headers.accept ?? '*/*';
  return wanted.includes('text/html') || wanted === '*/*';
}
