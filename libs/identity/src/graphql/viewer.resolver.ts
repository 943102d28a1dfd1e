import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Policy, type Viewer } from '#platform';
import { MembershipDirectory } from '../membership.directory.js';
import { PersonRepository } from '../persistence/person.repository.js';
import { MembershipModel } from './membership.model.js';
import { ViewerModel } from './viewer.model.js';

@Resolver(() => ViewerModel)
export class ViewerResolver {
  constructor(
    private readonly people: PersonRepository,
    private readonly members: MembershipDirectory,
  ) {}

  @Query(() => ViewerModel, { nullable: true, description: 'Null when nobody is signed in.' })
  @Policy('public')
  async viewer(@CurrentViewer() viewer: Viewer | null): Promise<ViewerModel | null> {
    return viewer && this.people.require(viewer.personId);
  }

  @ResolveField(() => [MembershipModel])
  memberships(@Parent() viewer: ViewerModel): Promise<MembershipModel[]> {
    return this.members.membershipsOf(viewer.id);
  }
}
