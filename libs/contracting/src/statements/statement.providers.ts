import { StatementReader } from './statement.reader.js';
import { StatementResolver } from './statement.resolver.js';
import { StatementService } from './statement.service.js';

/** Statements of account, as part of contracting's module. */
export const statementProviders = [StatementReader, StatementService, StatementResolver];
