import { Injectable } from '@nestjs/common';
import { WorkedHours } from '#contracting';
import { MembershipDirectory } from '#identity';
import type { Day, Id } from '#kernel';
import type { PublishedEvent, Reaction, Tx } from '#platform';
import { PlacesReader, type TimeLogged } from '#workshop';

/** Time was logged on a job of a contract: it counts for the hours that a community of the maker has pledged. */
@Injectable()
export class TimeLoggedReaction implements Reaction {
  readonly name = 'contracting.hours-of-work';
  readonly types = ['workshop.time-logged'] satisfies TimeLogged['type'][];

  constructor(
    private readonly hours: WorkedHours,
    private readonly places: PlacesReader,
    private readonly memberships: MembershipDirectory,
  ) {}

  async handle(tx: Tx, event: PublishedEvent): Promise<void> {
    const work = event.payload as unknown as TimeLogged['payload'];
    if (work.contractId === null || work.seconds <= 0) return;
    const [section] = await this.places.sectionsByIds([work.sectionId]);
    if (!section) return;
    await this.hours.count(tx, {
      timeLogId: work.timeLogId,
      contractId: work.contractId as Id<'contract'>,
      section: section.name,
      makerId: work.makerId,
      communityIds: work.communityIds ?? (await this.communitiesOf(work.makerId)),
      seconds: BigInt(work.seconds),
      day: work.day as Day,
    });
  }

  /** A stretch that a lease ended has nobody who acted, so identity says where its maker belongs now. */
  private async communitiesOf(makerId: Id<'person'>): Promise<Id<'community'>[]> {
    return (await this.memberships.membershipsOf(makerId)).map(({ communityId }) => communityId);
  }
}
