import {
  Args,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from '@nestjs/graphql';
import { DomainError, formatMilli, type Id } from '#kernel';
import { CurrentViewer, Policy, type Viewer } from '#platform';
import type { MovementKind, StockItemRow } from '../persistence/stock.repository.js';
import { StockReader } from '../stock.reader.js';
import { StockService } from '../stock.service.js';
import { WorkshopReader } from '../workshop.reader.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

export const StockMovementKindEnum = {
  receipt: 'receipt',
  issue: 'issue',
  count: 'count',
} as const satisfies { [Kind in MovementKind]: Kind };
registerEnumType(StockMovementKindEnum, {
  name: 'StockMovementKind',
  description: 'A receipt adds, an issue takes away, a count says what is there.',
});

@ObjectType('StockItem')
@Policy(FABLAB_MEMBER)
export class StockItemModel {
  @Field(() => ID)
  id: Id<'stockItem'>;

  @Field(() => String)
  name: string;

  @Field(() => String)
  unit: string;

  @Field(() => String, { description: 'A decimal, such as “12.5”.' })
  onHand: string;

  fablabId: Id<'community'>;
}

@ObjectType('Shortage', { description: 'What the open work orders need beyond what is on hand.' })
@Policy('signedIn')
export class ShortageModel {
  @Field(() => String)
  item: string;

  @Field(() => String)
  unit: string;

  @Field(() => String)
  needed: string;

  @Field(() => String)
  onHand: string;

  @Field(() => String)
  missing: string;
}

@InputType()
export class CreateStockItemInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => String, { description: 'As bills of materials call it.' })
  name: string;

  @Field(() => String)
  unit: string;
}

@InputType()
export class MoveStockInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  itemId: string;

  @Field(() => StockMovementKindEnum)
  kind: MovementKind;

  @Field(() => String, { description: 'A decimal with at most three places.' })
  quantity: string;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@Resolver(() => StockItemModel)
export class StockResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly reader: StockReader,
    private readonly service: StockService,
  ) {}

  @Query(() => [StockItemModel], { description: 'By name. For members of the fablab.' })
  @Policy('signedIn')
  async stock(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<StockItemModel[]> {
    return (await this.reader.ofFablab(this.workshop.memberOf(viewer, fablabId))).map(itemModel);
  }

  @Query(() => [ShortageModel], { description: 'For members of the fablab.' })
  @Policy('signedIn')
  async shortages(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<ShortageModel[]> {
    const shortages = await this.reader.shortagesOf(this.workshop.memberOf(viewer, fablabId));
    return shortages.map(({ item, unit, milli, neededMilli, onHandMilli }) => ({
      ...{ item, unit },
      needed: formatMilli(neededMilli),
      onHand: formatMilli(onHandMilli),
      missing: formatMilli(milli),
    }));
  }

  @Mutation(() => StockItemModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async createStockItem(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CreateStockItemInput,
  ): Promise<StockItemModel> {
    return this.after(await this.service.createItem(viewer, input));
  }

  @Mutation(() => StockItemModel, { description: 'For makers and coordinators of the fablab.' })
  @Policy('signedIn')
  async moveStock(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: MoveStockInput,
  ): Promise<StockItemModel> {
    return this.after(await this.service.move(viewer, input));
  }

  private async after(id: Id<'stockItem'>): Promise<StockItemModel> {
    const item = await this.reader.byId(id);
    if (!item) throw DomainError.notFound('item', id);
    return itemModel(item);
  }
}

function itemModel({ onHandMilli, ...item }: StockItemRow): StockItemModel {
  return { ...item, onHand: formatMilli(onHandMilli) };
}
