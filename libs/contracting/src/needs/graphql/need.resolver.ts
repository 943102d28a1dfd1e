import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { DomainError, isId, type Id } from '#kernel';
import { CommunityDirectory } from '#identity';
import { CurrentViewer, Policy, keysetOf, pageOf, requireViewer } from '#platform';
import type { Page, Viewer } from '#platform';
import { NeedService } from '../need.service.js';
import { NeedReader } from '../persistence/need.reader.js';
import { AnswerNeedInput, CloseNeedInput, NeedsArgs, PostNeedInput, UpdateNeedInput } from './need.input.js';
import { NeedConnection, NeedModel } from './need.model.js';
import { needView } from './need.view.js';

@Resolver(() => NeedModel)
export class NeedResolver {
  constructor(
    private readonly reader: NeedReader,
    private readonly service: NeedService,
    private readonly communities: CommunityDirectory,
  ) {}

  @Query(() => NeedConnection, { description: 'The needs board, newest first.' })
  @Policy('public')
  async needs(@Args() args: NeedsArgs): Promise<Page<NeedModel>> {
    const keyset = keysetOf(args, 1);
    if (keyset.after && !isId(keyset.after[0])) throw notACursor();
    const communityId = args.communitySlug
      ? ((await this.communities.bySlug(args.communitySlug))?.id ?? NOBODY)
      : null;
    const rows = await this.reader.list(keyset, { state: args.state ?? null, communityId });
    return pageOf(rows.map(needView), keyset, ({ id }) => [id]);
  }

  @Query(() => NeedModel, { nullable: true })
  @Policy('public')
  async need(@Args('id', { type: () => ID }) id: string): Promise<NeedModel | null> {
    const row = isId(id) ? await this.reader.byId(id) : null;
    return row && needView(row);
  }

  @Mutation(() => NeedModel, { description: 'For coordinators of a receiving community.' })
  @Policy('signedIn')
  async postNeed(
    @Args('input') input: PostNeedInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<NeedModel> {
    return this.reload(await this.service.post(requireViewer(viewer), input));
  }

  @Mutation(() => NeedModel, { description: 'For coordinators of the community that posted it.' })
  @Policy('signedIn')
  async updateNeed(
    @Args('input') input: UpdateNeedInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<NeedModel> {
    return this.reload(await this.service.update(requireViewer(viewer), input));
  }

  @Mutation(() => NeedModel, { description: 'For coordinators of the community that posted it.' })
  @Policy('signedIn')
  async closeNeed(
    @Args('input') input: CloseNeedInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<NeedModel> {
    return this.reload(await this.service.close(requireViewer(viewer), input));
  }

  @Mutation(() => NeedModel, { description: 'For coordinators of a fablab. Replaces its earlier answer.' })
  @Policy('signedIn')
  async answerNeed(
    @Args('input') input: AnswerNeedInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<NeedModel> {
    return this.reload(await this.service.answer(requireViewer(viewer), input));
  }

  private async reload(id: Id<'need'>): Promise<NeedModel> {
    const row = await this.reader.byId(id);
    if (!row) throw DomainError.notFound('need', id);
    return needView(row);
  }
}

/** No community has this id, so the list of an unknown slug is empty. */
const NOBODY = '00000000-0000-7000-8000-000000000000' as Id<'community'>;

function notACursor(): DomainError {
  return DomainError.badInput([{ field: 'after', message: '“after” is not a cursor of this list.' }]);
}
