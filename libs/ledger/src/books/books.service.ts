import { Inject, Injectable } from '@nestjs/common';
import { DomainError, dayOf, type Clock, type Id } from '#kernel';
import { CommunityDirectory, type CommunitySummary } from '#identity';
import { CLOCK, Database } from '#platform';
import { readSnapshot } from '../persistence/snapshot.js';
import type { BooksFormat, BooksFrame } from './books.js';
import { readAccounts, readPending, readTransfers, type AccountRow, type CodeOf } from './books.reader.js';
import { BOOKS_WRITERS } from './writers.js';

/** So many characters go out at once: small pieces would cost a system call for every transfer. */
const PIECE_CHARS = 65_536;

/** Writes the books of a community. Who may is asked by the callers. */
@Injectable()
export class BooksService {
  constructor(
    private readonly database: Database,
    private readonly communities: CommunityDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The community whose books are meant.
   * @param slug null: the one fablab there is
   * @throws DomainError `NOT_FOUND`; `BAD_INPUT` that lists the fablabs where there are several
   */
  async community(slug: string | null): Promise<CommunitySummary> {
    const found = slug === null ? null : await this.communities.bySlug(slug);
    if (found) return found;
    const fablabs = await this.communities.list(
      { first: 100, limit: 100, after: null },
      { receives: null, manufactures: true },
    );
    const [only, second] = fablabs;
    const slugs = fablabs.map((each) => each.slug).join(', ');
    if (slug !== null) {
      const known = slugs ? ` The fablabs are: ${slugs}.` : '';
      throw new DomainError('NOT_FOUND', `There is no community “${slug}”.${known}`);
    }
    if (!only) throw new DomainError('NOT_FOUND', 'There is no fablab yet, and so there are no books.');
    if (second) throw new DomainError('BAD_INPUT', `There are several fablabs; name one of them: ${slugs}.`);
    return only;
  }

  /** The books as text, piece by piece, from one snapshot; the connection is given back at the end or on `return`. */
  async *write(community: CommunitySummary, format: BooksFormat): AsyncGenerator<string> {
    const writer = BOOKS_WRITERS[format]();
    let piece = '';
    for await (const part of this.parts(community, writer)) {
      piece += part;
      if (piece.length < PIECE_CHARS) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }

  private async *parts(
    community: CommunitySummary,
    writer: ReturnType<(typeof BOOKS_WRITERS)[BooksFormat]>,
  ): AsyncGenerator<string> {
    const snapshot = await readSnapshot(this.database.pool);
    try {
      const { accounts, firstDay, lastDay } = await readAccounts(snapshot.client, community.id);
      const today = dayOf(this.clock.now());
      const codeOf = await this.codesFor(community.id, accounts);
      const frame: BooksFrame = {
        title: `Books of ${community.name}`,
        writtenAt: this.clock.now(),
        firstDay: firstDay ?? today,
        lastDay: lastDay ?? today,
        accounts: merged(accounts, codeOf),
      };
      yield writer.head(frame);
      for await (const transfer of readTransfers(snapshot.client, community.id, codeOf))
        yield writer.transfer(transfer);
      let gap = '\n';
      for await (const pending of readPending(snapshot.client, community.id, codeOf)) {
        const text = writer.pending(pending);
        yield text && gap + text;
        gap = '';
      }
      yield writer.tail(frame);
    } finally {
      await snapshot.end();
    }
  }

  /**
   * A transfer may reach into the books of another community. There it would not balance without what happened
   * elsewhere, so that stands under one equity account for each such community.
   */
  private async codesFor(ownerId: Id<'community'>, accounts: readonly AccountRow[]): Promise<CodeOf> {
    const others = new Set(accounts.map((account) => account.ownerId).filter((id) => id !== ownerId));
    const slugs = new Map(
      (await this.communities.byIds([...others])).map(({ id, slug }) => [id, slug] as const),
    );
    return (account) =>
      account.ownerId === ownerId
        ? account.code
        : `equity:elsewhere:${slugs.get(account.ownerId) ?? account.ownerId}`;
  }
}

/** Accounts of others may fall together under one code. */
function merged(accounts: readonly AccountRow[], codeOf: CodeOf): BooksFrame['accounts'] {
  const byKey = new Map<string, BooksFrame['accounts'][number]>();
  for (const { ownerId, code: own, name, currency, balanceMinor } of accounts) {
    const code = codeOf({ ownerId, code: own });
    const key = `${code} ${currency}`;
    const known = byKey.get(key);
    const sum = balanceMinor + (known?.balanceMinor ?? 0n);
    byKey.set(key, {
      code,
      currency,
      name: code === own ? name : 'In the books of others',
      balanceMinor: sum,
    });
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
}
