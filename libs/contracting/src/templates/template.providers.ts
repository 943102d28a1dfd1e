import type { Provider } from '@nestjs/common';
import { TemplateResolver } from './graphql/template.resolver.js';
import { TemplateRepository } from './persistence/template.repository.js';
import { TemplateService } from './template.service.js';

/** Contract templates, as part of contracting's module. */
export const templateProviders: Provider[] = [TemplateRepository, TemplateService, TemplateResolver];
