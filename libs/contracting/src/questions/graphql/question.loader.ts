import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { RequestLoader, type RequestContext } from '#platform';
import { ThreadViews, type ThreadView } from '../thread-views.js';

@Injectable()
export class ThreadLoader extends RequestLoader<Id<'contract'>, ThreadView> {
  constructor(private readonly views: ThreadViews) {
    super();
  }

  protected override loadMany(
    ids: readonly Id<'contract'>[],
    { viewer }: RequestContext,
  ): Promise<ThreadView[]> {
    return this.views.of(ids, viewer);
  }
}
