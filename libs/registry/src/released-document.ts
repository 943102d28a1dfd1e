import type { ReleaseDocument } from '#contracting';

/** A release as it is served: the text that was hashed, what it says, and its hash. */
export interface ReleasedDocument {
  readonly number: number;
  readonly sha256: string;
  readonly publishedAt: Date;
  readonly document: ReleaseDocument;
  /** RFC 8785; its UTF-8 bytes are served as they are. */
  readonly canonicalJson: string;
}
