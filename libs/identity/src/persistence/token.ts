import { createHash } from 'node:crypto';
import type { Random } from '#kernel';

/** What is stored of a secret that a person holds. The secret is random, so a fast hash without salt is enough. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** A secret for a cookie or a link, in letters that need no escaping. */
export function newToken(random: Random, bytes: number): string {
  return Buffer.from(random.bytes(bytes)).toString('base64url');
}
