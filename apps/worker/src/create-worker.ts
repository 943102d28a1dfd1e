import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LOGGER, NestLogger, type Logger, type PlatformSettings } from '#platform';
import { WorkerModule } from './worker.module.js';

/** Builds and starts the worker; `main.ts` and the tests start it in the same way. */
export async function createWorker(
  settings: Omit<PlatformSettings, 'processName' | 'entities'>,
): Promise<INestApplicationContext> {
  const worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(settings), {
    bufferLogs: true,
    abortOnError: false,
  });
  worker.useLogger(new NestLogger(worker.get<Logger>(LOGGER)));
  return worker;
}
