import type { Provider } from '@nestjs/common';
import { FileDoor } from '#platform';
import { SheetResolver } from './graphql/sheet.resolver.js';
import { SheetReader } from './sheet.reader.js';
import { SheetService } from './sheet.service.js';

/** The treasurer's sheet, as part of contracting's module: it reads, and writes nothing. */
export const sheetProviders: Provider[] = [SheetReader, SheetService, SheetResolver, FileDoor];
