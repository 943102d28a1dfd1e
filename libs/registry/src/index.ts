export { LedgerDigests } from './log/ledger-digests.js';
export { LogKeyFile, LogRefusal } from './log/log-key.file.js';
export { LogSequencer } from './log/log-sequencer.js';
export { LogSigner } from './log/log-signer.js';
export { LogClockwork } from './log/log-clockwork.js';
export { LogReader } from './log/log.reader.js';
export { LogModule, LogWorkerModule } from './log/log.module.js';
export { releasePdf, type ReleasePdfSource } from './pdf/release-pdf.js';
export { RegistryModule } from './registry.module.js';
