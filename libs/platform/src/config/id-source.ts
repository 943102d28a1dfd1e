import { Inject, Injectable } from '@nestjs/common';
import { uuidv7, type Clock, type Id, type Random } from '#kernel';
import { CLOCK, RANDOM } from './clock.tokens.js';

/** Makes new ids: UUIDv7 from the injected clock and randomness, so that keysets page in order of creation. */
@Injectable()
export class IdSource {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  next<Kind extends string>(): Id<Kind> {
    return uuidv7<Kind>(this.clock.now().getTime(), this.random.bytes(10));
  }
}
