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

  /** @param origin `https://host`, printed into the document */
  pdfOf(release: ReleasedDocument, origin: string): Promise<Buffer> {
    const key = `${release.sha256} ${origin}`;
    const made = this.kept.get(key) ?? this.make(release, origin);
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

  private make({ document, sha256, number }: ReleasedDocument, origin: string): Promise<Buffer> {
    return releasePdf({
      document,
      sha256,
      pageAddress: `${origin}${contractPath(document.contract)}`,
      jsonAddress: `${origin}${releasePath(document.contract, number, 'json')}`,
    });
  }
}
