import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { RequestLoader, type RequestContext } from '#platform';
import {
  NeedReader,
  type NeedAnswerRow,
  type NeedContractRow,
  type NeedRow,
} from '../persistence/need.reader.js';

@Injectable()
export class AnswersOfNeedLoader extends RequestLoader<Id<'need'>, NeedAnswerRow[]> {
  constructor(private readonly reader: NeedReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'need'>[]): Promise<NeedAnswerRow[][]> {
    const rows = await this.reader.answersOf(ids);
    return ids.map((id) => rows.filter(({ needId }) => needId === id));
  }
}

@Injectable()
export class ContractsOfNeedLoader extends RequestLoader<Id<'need'>, NeedContractRow[]> {
  constructor(private readonly reader: NeedReader) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'need'>[],
    { viewer }: RequestContext,
  ): Promise<NeedContractRow[][]> {
    const rows = await this.reader.contractsOf(ids, viewer ? [...viewer.roles.keys()] : []);
    return ids.map((id) => rows.filter(({ needId }) => needId === id));
  }
}

@Injectable()
export class NeedOfContractLoader extends RequestLoader<Id<'contract'>, NeedRow | null> {
  constructor(private readonly reader: NeedReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<(NeedRow | null)[]> {
    const origins = await this.reader.originsOf(ids);
    return ids.map((id) => origins.get(id) ?? null);
  }
}
