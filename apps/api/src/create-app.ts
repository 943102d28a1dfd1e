import fastifyHelmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LOGGER, NestLogger, type Logger, type PlatformSettings } from '#platform';
import { ApiModule } from './api.module.js';

/** Photographs of work come by their own route; a GraphQL document needs no more than this. */
const BODY_BYTES_MAX = 1_000_000;

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
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Mantine sets sizes and colours through style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: settings.config.secureCookies ? [] : null,
      },
    },
    hsts: settings.config.secureCookies,
  });
  return app;
}
