import type { Provider } from '@nestjs/common';
import { ImportPreviewResolver, ImportResolver } from './graphql/import.resolver.js';
import {
  ContractProposalsResolver,
  ProposalResolver,
  ProposalsOfContractLoader,
} from './graphql/proposal.resolver.js';
import { ImportDeeds } from './import-deeds.js';
import { ImportPreviewService } from './import-preview.service.js';
import { ImportUndoService } from './import-undo.service.js';
import { ImportService } from './import.service.js';
import { ImportReader } from './persistence/import.reader.js';
import { ImportRepository } from './persistence/import.repository.js';
import { SnapshotReader } from './persistence/snapshot.reader.js';
import { ProposalService } from './proposal.service.js';

/** Tables that treasurers import, as part of contracting's module. */
export const importProviders: Provider[] = [
  ImportRepository,
  ImportReader,
  SnapshotReader,
  ImportPreviewService,
  ImportDeeds,
  ImportService,
  ImportUndoService,
  ProposalService,
  ProposalsOfContractLoader,
  ImportResolver,
  ImportPreviewResolver,
  ProposalResolver,
  ContractProposalsResolver,
];
