import type { Provider } from '@nestjs/common';
import { ContractOrigins } from './contract-origins.js';
import { AnswersOfNeedLoader, ContractsOfNeedLoader, NeedOfContractLoader } from './graphql/need.loader.js';
import {
  NeedAnswerResolver,
  NeedOfContractResolver,
  NeedPartsResolver,
} from './graphql/need-parts.resolver.js';
import { NeedResolver } from './graphql/need.resolver.js';
import { NeedService } from './need.service.js';
import { NeedReader } from './persistence/need.reader.js';
import { NeedRepository } from './persistence/need.repository.js';

/** The needs board, as part of contracting's module. */
export const needProviders: Provider[] = [
  NeedReader,
  NeedRepository,
  NeedService,
  ContractOrigins,
  AnswersOfNeedLoader,
  ContractsOfNeedLoader,
  NeedOfContractLoader,
  NeedResolver,
  NeedPartsResolver,
  NeedAnswerResolver,
  NeedOfContractResolver,
];
