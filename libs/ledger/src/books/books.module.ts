import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { FileDoor } from '#platform';
import { LedgerReader } from '../ledger.reader.js';
import { BooksController } from './books.controller.js';
import { BooksService } from './books.service.js';

/** The books as files, for the API. */
@Module({
  imports: [IdentityModule],
  providers: [BooksService, LedgerReader, FileDoor],
  controllers: [BooksController],
})
export class BooksModule {}
