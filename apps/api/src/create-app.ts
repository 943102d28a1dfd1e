import { constants } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LOGGER, NestLogger, type Logger, type PlatformSettings } from '#platform';
import { ApiModule } from './api.module.js';
import { securityHeaders } from './security-headers.js';

/** Photographs of work come by their own route; a GraphQL document needs no more than this. */
const BODY_BYTES_MAX = 1_000_000;

/** Below this, compressing costs more than it saves. */
const COMPRESSED_BYTES_MIN = 1024;

/** Builds the API without listening; `main.ts` and the tests start it in the same way. */
export async function createApp(
  settings: Omit<PlatformSettings, 'processName' | 'entities'>,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    trustProxy: settings.config.trustProxy,
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(settings), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(new NestLogger(app.get<Logger>(LOGGER)));
  const headers = securityHeaders(settings.config);
  adapter.getInstance().addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  // A strong ETag names the very bytes that are sent, such as those of a released document: they stay as they are.
  adapter.getInstance().addHook('onSend', (request, reply, payload, done) => {
    if (String(reply.getHeader('etag') ?? '').startsWith('"'))
      request.headers['x-no-compression'] = 'strong ETag';
    done(null, payload);
  });
  // For a phone on a slow network; brotli at full quality would cost more time than it saves.
  await app.register(fastifyCompress, {
    threshold: COMPRESSED_BYTES_MIN,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  return app;
}
