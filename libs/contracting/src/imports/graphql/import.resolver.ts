import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, checkInput, type Id } from '#kernel';
import { CommunityLoader, CommunityModel, PersonLoader, PersonModel } from '#identity';
import { CurrentViewer, PageArgs, Policy, Request, keysetOf, pageOf, requireViewer } from '#platform';
import type { Page, RequestContext, Viewer } from '#platform';
import { ImportPreviewService, requireImporter } from '../import-preview.service.js';
import { ImportService } from '../import.service.js';
import { ImportUndoService } from '../import-undo.service.js';
import { ImportReader } from '../persistence/import.reader.js';
import type { PlannedRow } from '../plan.js';
import { ImportRowStateEnum } from './import.enum.js';
import {
  ApplyImportInput,
  DiscardImportInput,
  ImportSettingsInput,
  UndoImportInput,
  UploadImportInput,
} from './import.input.js';
import {
  ImportMadeModel,
  ImportModel,
  ImportPlannedRowConnection,
  ImportPreviewModel,
  type ImportPlannedRowModel,
} from './import.model.js';
import { importView, plannedRowView, previewView } from './import.view.js';

@Resolver(() => ImportModel)
export class ImportResolver {
  constructor(
    private readonly imports: ImportService,
    private readonly undoing: ImportUndoService,
    private readonly previews: ImportPreviewService,
    private readonly reader: ImportReader,
    private readonly communities: CommunityLoader,
    private readonly people: PersonLoader,
  ) {}

  @Query(() => ImportModel, { description: 'For treasurers and coordinators of the fablab.' })
  @Policy('signedIn')
  async contractImport(
    @Args('id', { type: () => ID }) id: string,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ImportModel> {
    const importId = checkInput((check) => check.id<'import'>('id', id, 'the import'));
    return importView(await this.previews.find(requireViewer(viewer), importId));
  }

  @Query(() => [ImportModel], {
    description: 'The newest fifty of a fablab, for its treasurers and coordinators.',
  })
  @Policy('signedIn')
  async contractImports(
    @Args('fablabId', { type: () => ID }) given: string,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ImportModel[]> {
    const fablabId = checkInput((check) => check.id<'community'>('fablabId', given, 'the fablab'));
    requireImporter(requireViewer(viewer), fablabId);
    return (await this.reader.listOf(fablabId)).map(importView);
  }

  @ResolveField(() => CommunityModel)
  fablab(@Parent() row: ImportModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.communities.load(context, row.fablabId);
  }

  @ResolveField(() => PersonModel)
  uploadedBy(@Parent() row: ImportModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, row.uploadedBy);
  }

  @ResolveField(() => ImportPreviewModel, {
    description: 'What the table would do, read so. Nothing of it is done or kept.',
  })
  async preview(
    @Parent() { id }: ImportModel,
    @Args('settings', { type: () => ImportSettingsInput, nullable: true })
    settings: ImportSettingsInput | null,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<ImportPreviewModel> {
    const row = await this.previews.find(requireViewer(viewer), id);
    const preview = await this.previews.preview(row, settings ?? {});
    const supporters = await Promise.all(
      preview.snapshot.communities.map((community) => this.communities.load(context, community.id)),
    );
    return { ...previewView(preview), supporters };
  }

  @ResolveField(() => [ImportMadeModel], { description: 'What each row made, once it was applied.' })
  async made(@Parent() { id }: ImportModel): Promise<ImportMadeModel[]> {
    return (await this.reader.deedsOf(id)).map(
      ({ row, kind, contractRef, proposalId, paymentId, repaymentId }) => ({
        row,
        kind,
        contractRef,
        madeId: proposalId ?? paymentId ?? repaymentId ?? '',
      }),
    );
  }

  @Mutation(() => ImportModel, { description: 'Stores the table, and does nothing else.' })
  @Policy('signedIn')
  async uploadImport(
    @Args('input') input: UploadImportInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ImportModel> {
    return this.reload(await this.imports.upload(requireViewer(viewer), input));
  }

  @Mutation(() => ImportModel, { description: 'All that the preview said, in one unit of work, or nothing.' })
  @Policy('signedIn')
  async applyImport(
    @Args('input') input: ApplyImportInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ImportModel> {
    return this.reload(await this.imports.apply(requireViewer(viewer), input));
  }

  @Mutation(() => ImportModel, {
    description:
      'Reverses all that it booked, and withdraws what it proposed, unless something depends on it.',
  })
  @Policy('signedIn')
  async undoImport(
    @Args('input') input: UndoImportInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ImportModel> {
    return this.reload(await this.undoing.undo(requireViewer(viewer), input));
  }

  @Mutation(() => ImportModel, { description: 'Forgets a table that was not applied.' })
  @Policy('signedIn')
  async discardImport(
    @Args('input') input: DiscardImportInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ImportModel> {
    return this.reload(await this.imports.discard(requireViewer(viewer), input));
  }

  private async reload(id: Id<'import'>): Promise<ImportModel> {
    const row = await this.reader.byId(id);
    if (!row) throw DomainError.notFound('import', id);
    return importView(row);
  }
}

@Resolver(() => ImportPreviewModel)
export class ImportPreviewResolver {
  @ResolveField(() => ImportPlannedRowConnection, { description: 'As in the table.' })
  rows(
    @Parent() { planned }: ImportPreviewModel,
    @Args() page: PageArgs,
    @Args('state', { type: () => ImportRowStateEnum, nullable: true }) state: PlannedRow['state'] | null,
  ): Page<ImportPlannedRowModel> {
    const keyset = keysetOf(page, 1);
    const after = Number(keyset.after?.[0] ?? 0);
    const rows = planned.filter((each) => each.row > after && (!state || each.state === state));
    return pageOf(rows.slice(0, keyset.limit).map(plannedRowView), keyset, ({ row }) => [String(row)]);
  }
}
