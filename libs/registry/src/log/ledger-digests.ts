import { Inject, Injectable } from '@nestjs/common';
import { CommunityDirectory, type CommunitySummary } from '#identity';
import { dayOf, type Clock, type Day } from '#kernel';
import { LedgerDays } from '#ledger';
import { canonicalJson, CLOCK, Database, LogLeaves, sha256Hex, UnitOfWork } from '#platform';

/** A transaction that began before midnight is long over by then. */
const SETTLED_MILLISECONDS = 10 * 60_000;

/** Appends to the log, for each community that keeps books, a digest of every day on which it booked something. */
@Injectable()
export class LedgerDigests {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly days: LedgerDays,
    private readonly communities: CommunityDirectory,
    private readonly log: LogLeaves,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many days got their digest. Two workers may run it: a digest is a leaf once. */
  async run(): Promise<number> {
    const before = dayOf(new Date(this.clock.now().getTime() - SETTLED_MILLISECONDS));
    let digested = 0;
    for (const community of await this.communities.byIds(await this.days.owners())) {
      const after = await this.lastDay(community);
      for (const day of await this.days.daysOf(community.id, { after, before })) {
        const sha256 = sha256Hex(canonicalJson(await this.days.day(community, day)));
        await this.unitOfWork.run((tx) =>
          this.log.append(tx, { kind: 'ledger-digest', subject: community.slug, day, sha256 }),
        );
        digested += 1;
      }
    }
    return digested;
  }

  private async lastDay({ slug }: CommunitySummary): Promise<Day | null> {
    const row = await this.database.queryOne<{ day: Day }>(
      `SELECT statement::jsonb->>'day' AS day FROM registry.log_leaf
       WHERE kind = 'ledger-digest' AND subject = $1 ORDER BY id DESC LIMIT 1`,
      [slug],
    );
    return row?.day ?? null;
  }
}
