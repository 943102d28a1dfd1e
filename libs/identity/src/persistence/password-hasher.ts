import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import type { Random } from '#kernel';
import { RANDOM } from '#platform';

/** The library's `Algorithm.Argon2id`, which is an ambient enum that separately compiled modules cannot read. */
const ARGON2ID = 2;

/** 19 MiB, two passes, one lane, as the OWASP Password Storage Cheat Sheet recommends. */
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and compares passwords, off the event loop. */
@Injectable()
export class PasswordHasher {
  private readonly nobody: Promise<string>;

  constructor(@Inject(RANDOM) random: Random) {
    this.nobody = hash(random.bytes(32), OPTIONS);
    // Looked at when it is used; until then a failure must not end the process.
    this.nobody.catch(() => undefined);
  }

  hash(password: string): Promise<string> {
    return hash(password, OPTIONS);
  }

  /**
   * Compares with nobody's hash when there is no account, so that the time of an answer does not tell whether
   * there is one.
   */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const same = await verify(passwordHash ?? (await this.nobody), password);
    return same && passwordHash !== null;
  }
}
