import { createHash } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { LedgerModule } from '#ledger';
import { CONFIG, LogLeaves, type Config } from '#platform';
import { useSha256 } from './core/merkle.js';
import { LedgerDigests } from './ledger-digests.js';
import { LogClockwork } from './log-clockwork.js';
import { LogKeyFile } from './log-key.file.js';
import { LogLeavesRepository } from './log-leaves.repository.js';
import { LOG_ORIGIN, logOrigin } from './log-origin.js';
import { LogSequencer } from './log-sequencer.js';
import { LogSigner } from './log-signer.js';
import { LogReader } from './log.reader.js';
import { WitnessRequests } from './witness-requests.js';

// Node's own SHA-256 is several times faster than one in JavaScript.
useSha256((bytes) => createHash('sha256').update(bytes).digest());

const keyFile = {
  provide: LogKeyFile,
  inject: [CONFIG],
  useFactory: (config: Config) => new LogKeyFile(config.registryLogKeyFile),
};

/** The port that contexts append their leaves by, without importing the registry; global for that reason. */
@Global()
@Module({
  providers: [{ provide: LogLeaves, useClass: LogLeavesRepository }, LogReader, keyFile],
  exports: [LogLeaves, LogReader, LogKeyFile],
})
export class LogModule {}

/** Lets the log grow: for the worker. */
@Module({
  imports: [LogModule, IdentityModule, LedgerModule],
  providers: [
    LogSequencer,
    LogSigner,
    LedgerDigests,
    WitnessRequests,
    LogClockwork,
    { provide: LOG_ORIGIN, inject: [CONFIG], useFactory: (config: Config) => logOrigin(config) },
  ],
  exports: [LogSequencer, LogSigner, LedgerDigests, WitnessRequests, LogClockwork],
})
export class LogWorkerModule {}
