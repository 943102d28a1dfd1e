import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { DomainError } from '#kernel';
import { CurrentViewer, Policy, type Viewer } from '#platform';
import { PlaceChangesService } from '../place-changes.service.js';
import { PlacesReader } from '../places.reader.js';
import { QualificationService } from '../qualification.service.js';
import { PlacesService } from '../places.service.js';
import {
  CreateQualificationInput,
  CreateSectionInput,
  CreateWorkCentreInput,
  GrantQualificationInput,
  RetireSectionInput,
  RetireWorkCentreInput,
  UpdateSectionInput,
  UpdateWorkCentreInput,
} from './place.input.js';
import { WithdrawQualificationInput } from './people.model.js';
import { MakerQualificationModel, QualificationModel, SectionModel, WorkCentreModel } from './place.model.js';

/** What coordinators set up. Each returns what it made. */
@Resolver()
export class PlaceActionsResolver {
  constructor(
    private readonly places: PlacesService,
    private readonly changes: PlaceChangesService,
    private readonly qualificationGrants: QualificationService,
    private readonly reader: PlacesReader,
  ) {}

  @Mutation(() => SectionModel)
  @Policy('signedIn')
  async createSection(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CreateSectionInput,
  ): Promise<SectionModel> {
    const id = await this.places.createSection(viewer, input);
    return made('section', id, await this.reader.sectionsByIds([id]));
  }

  @Mutation(() => WorkCentreModel)
  @Policy('signedIn')
  async createWorkCentre(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CreateWorkCentreInput,
  ): Promise<WorkCentreModel> {
    const id = await this.places.createWorkCentre(viewer, input);
    return made('work centre', id, await this.reader.workCentresByIds([id]));
  }

  @Mutation(() => SectionModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async updateSection(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: UpdateSectionInput,
  ): Promise<SectionModel> {
    const id = await this.changes.updateSection(viewer, input);
    return made('section', id, await this.reader.sectionsByIds([id]));
  }

  @Mutation(() => SectionModel, { description: 'With its work centres and machines. For coordinators.' })
  @Policy('signedIn')
  async retireSection(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: RetireSectionInput,
  ): Promise<SectionModel> {
    const id = await this.changes.retireSection(viewer, input);
    return made('section', id, await this.reader.sectionsByIds([id]));
  }

  @Mutation(() => WorkCentreModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async updateWorkCentre(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: UpdateWorkCentreInput,
  ): Promise<WorkCentreModel> {
    const id = await this.changes.updateWorkCentre(viewer, input);
    return made('work centre', id, await this.reader.workCentresByIds([id]));
  }

  @Mutation(() => SectionModel, { description: 'With its machines. For coordinators of the fablab.' })
  @Policy('signedIn')
  async retireWorkCentre(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: RetireWorkCentreInput,
  ): Promise<SectionModel> {
    const id = await this.changes.retireWorkCentre(viewer, input);
    return made('section', id, await this.reader.sectionsByIds([id]));
  }

  @Mutation(() => QualificationModel)
  @Policy('signedIn')
  async createQualification(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CreateQualificationInput,
  ): Promise<QualificationModel> {
    const id = await this.places.createQualification(viewer, input);
    return made('qualification', id, await this.reader.qualificationsByIds([id]));
  }

  @Mutation(() => MakerQualificationModel, { description: 'Grants, or renews, a qualification to a maker.' })
  @Policy('signedIn')
  async grantQualification(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: GrantQualificationInput,
  ): Promise<MakerQualificationModel> {
    const id = await this.qualificationGrants.grant(viewer, input);
    const grant = await this.reader.grantById(id);
    return made('grant', id, grant ? [grant] : []);
  }

  @Mutation(() => MakerQualificationModel, { description: 'At once; it stays in the history.' })
  @Policy('signedIn')
  async withdrawQualification(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: WithdrawQualificationInput,
  ): Promise<MakerQualificationModel> {
    const id = await this.qualificationGrants.withdraw(viewer, input);
    const grant = await this.reader.grantById(id);
    return made('grant', id, grant ? [grant] : []);
  }
}

function made<Row>(what: string, id: string, [row]: readonly Row[]): Row {
  if (row === undefined) throw DomainError.notFound(what, id);
  return row;
}
