import { Inject, Injectable } from '@nestjs/common';
import { CommunityDirectory, type CommunitySummary } from '#identity';
import { DomainError, dayOf, type Clock, type Id } from '#kernel';
import { CLOCK, hasRole, isMember, type Viewer } from '#platform';
import { statementOf, statementPeriod, type Statement } from '../domain/statement.js';
import { StatementReader } from './statement.reader.js';

/** Between whom, and the years for which there is a statement, the latest first. */
export interface StatementAccount {
  readonly supporterId: Id<'community'>;
  readonly fablabId: Id<'community'>;
  readonly years: readonly number[];
}

export interface NamedStatement {
  readonly year: number;
  readonly supporter: CommunitySummary;
  readonly fablab: CommunitySummary;
  readonly statement: Statement;
}

/** Statements of account, for the members of a supporter and the treasurers of the fablab that it supports. */
@Injectable()
export class StatementService {
  constructor(
    private readonly reader: StatementReader,
    private readonly communities: CommunityDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Everything that this person may read. */
  async accountsFor(viewer: Viewer): Promise<StatementAccount[]> {
    const own = [...viewer.roles.keys()];
    const kept = own.filter((id) => hasRole(viewer, id, 'treasurer'));
    const pairs = await this.reader.pairs(own, kept);
    const thisYear = this.clock.now().getUTCFullYear();
    return pairs.map(({ supporterId, fablabId, firstYear }) => ({
      supporterId,
      fablabId,
      years: Array.from({ length: Math.max(0, thisYear - firstYear + 1) }, (_, index) => thisYear - index),
    }));
  }

  /**
   * @param fablabSlug null: the one fablab with which there is something to state
   * @throws DomainError `NOT_FOUND`, `FORBIDDEN`; `BAD_INPUT` that names the fablabs where there are several
   */
  async read(
    viewer: Viewer,
    ask: { readonly supporterSlug: string; readonly fablabSlug: string | null; readonly year: number },
  ): Promise<NamedStatement> {
    const supporter = await this.communities.bySlug(ask.supporterSlug);
    if (!supporter) throw DomainError.notFound('community', ask.supporterSlug);
    const accounts = (await this.accountsFor(viewer)).filter(
      ({ supporterId }) => supporterId === supporter.id,
    );
    if (accounts.length === 0 && !isMember(viewer, supporter.id)) {
      throw DomainError.forbidden(
        'A statement is read by members of the supporter and by treasurers of the fablab.',
      );
    }
    const fablabs = await this.communities.byIds(accounts.map(({ fablabId }) => fablabId));
    const fablab = theOne(fablabs, ask);
    const account = accounts.find(({ fablabId }) => fablabId === fablab.id);
    if (!account?.years.includes(ask.year)) {
      throw new DomainError(
        'NOT_FOUND',
        `There are statements for ${account?.years.toReversed().join(', ') ?? 'no year'}, not for ${ask.year}.`,
      );
    }
    const sources = await this.reader.sources(account);
    const period = statementPeriod(ask.year, dayOf(this.clock.now()));
    return { year: ask.year, supporter, fablab, statement: statementOf(sources, period) };
  }
}

function theOne(
  fablabs: readonly CommunitySummary[],
  ask: { readonly supporterSlug: string; readonly fablabSlug: string | null },
): CommunitySummary {
  const found = ask.fablabSlug === null ? fablabs : fablabs.filter(({ slug }) => slug === ask.fablabSlug);
  const [only, second] = found;
  if (only && !second) return only;
  const slugs = fablabs.map(({ slug }) => slug).sort();
  if (second) {
    throw new DomainError(
      'BAD_INPUT',
      `“${ask.supporterSlug}” supports several fablabs; add ?fablab= and one of them: ${slugs.join(', ')}.`,
    );
  }
  throw new DomainError(
    'NOT_FOUND',
    slugs.length === 0
      ? `No money has moved for “${ask.supporterSlug}”, so there is no statement.`
      : `There is no statement with that fablab. There are some with: ${slugs.join(', ')}.`,
  );
}
