import { Injectable } from '@nestjs/common';
import { contractPath, releasePath } from '../http/addresses.js';
import type { ReleasedDocument } from '../released-document.js';
import { releasePdf } from './release-pdf.js';

/** Some 70 kB each: a few megabytes at most. */
const KEPT_DOCUMENTS_MAX = 48;

/**
 * Makes PDFs and keeps the last ones: making one takes some 100 ms of a processor, and what it is made of never
 * changes. Two requests for the same one share the work.
 */
@Injectable()
export class ReleasePdfService {
  private readonly kept = new Map<string, Promise<Buffer>>();

  /**
   * @param origin `https://host`, printed into the document
   * @param logIndex its place in the public log, which never changes
   */
  pdfOf(release: ReleasedDocument, origin: string, logIndex: number): Promise<Buffer> {
    const key = `${release.sha256} ${logIndex} ${origin}`;
    const made = this.kept.get(key) ?? this.make(release, origin, logIndex);
    // Set again in either case: a Map keeps the order of insertion, and the oldest goes first.
    this.kept.delete(key);
    this.kept.set(key, made);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_DOCUMENTS_MAX) break;
      this.kept.delete(oldest);
    }
    made.catch(() => this.kept.delete(key));
    return made;
  }

  private make(
    { document, sha256, number }: ReleasedDocument,
    origin: string,
    logIndex: number,
  ): Promise<Buffer> {
    return releasePdf({
      document,
      sha256,
      logIndex,
      proofAddress: `${origin}${releasePath(document.contract, number, 'tlog-proof')}`,
      pageAddress: `${origin}${contractPath(document.contract)}`,
      jsonAddress: `${origin}${releasePath(document.contract, number, 'json')}`,
    });
  }
}
