import type { Provider } from '@nestjs/common';
import { ThreadLoader } from './graphql/question.loader.js';
import {
  QuestionResolver,
  QuestionStepResolver,
  ThreadOfContractResolver,
} from './graphql/question.resolver.js';
import { QuestionReader } from './persistence/question.reader.js';
import { QuestionRepository } from './persistence/question.repository.js';
import { QuestionService } from './question.service.js';
import { ThreadViews } from './thread-views.js';

/** The question thread, as part of contracting's module. */
export const questionProviders: Provider[] = [
  QuestionReader,
  QuestionRepository,
  QuestionService,
  ThreadViews,
  ThreadLoader,
  QuestionResolver,
  QuestionStepResolver,
  ThreadOfContractResolver,
];
