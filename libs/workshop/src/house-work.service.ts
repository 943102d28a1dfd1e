import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Day, type Id, type InputCheck } from '#kernel';
import {
  Idempotency,
  IdSource,
  UnitOfWork,
  requireRole,
  requireViewer,
  type Tx,
  type Viewer,
} from '#platform';
import {
  EVERY_DAYS_MAX,
  HOUSE_KINDS,
  HOUSE_NAMES,
  LEAD_DAYS_MAX,
  nextAfter,
  type HouseKind,
} from './domain/care.js';
import { CareRepository } from './persistence/care.repository.js';
import { PlaceRepository } from './persistence/place.repository.js';
import { WorkOrderRepository } from './persistence/work-order.repository.js';
import { WorkOrderService } from './work-order.service.js';

export interface HouseWorkGiven {
  readonly workCentreId: string;
  readonly kind: string;
  readonly name: string;
  readonly instructions?: string | null;
  readonly minutes: number;
}

/** What is to be done, where, and by when. */
interface HouseWork {
  readonly fablabId: Id<'community'>;
  readonly workCentreId: Id<'workCentre'>;
  readonly kind: HouseKind;
  readonly name: string;
  readonly instructions: string | null;
  readonly minutes: number;
  readonly dueOn: Day | null;
}

/** Jobs that a fablab does for itself: care, cleaning, teaching, documentation. */
@Injectable()
export class HouseWorkService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly places: PlaceRepository,
    private readonly plans: CareRepository,
    private readonly workOrders: WorkOrderRepository,
    private readonly orders: WorkOrderService,
  ) {}

  /**
   * Makes one job, ready at once.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `KEY_REUSED`
   */
  create(
    who: Viewer | null,
    { idempotencyKey: key, ...input }: HouseWorkGiven & { idempotencyKey: string; dueOn?: string | null },
  ): Promise<Id<'job'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      ...readWork(check, input),
      dueOn: input.dueOn ? check.day('dueOn', input.dueOn, 'the day') : null,
    }));
    const call = { actor: viewer.personId, key, operation: 'createHouseJob', input };
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, call, async () => {
        const fablabId = await this.fablabOf(tx, viewer, read.workCentreId);
        return this.make(tx, { ...read, fablabId });
      }),
    );
  }

  /** Makes a job again and again. @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND` */
  async plan(
    who: Viewer | null,
    input: HouseWorkGiven & { everyDays: number; firstOn: string; leadDays: number },
  ): Promise<Id<'community'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      ...readWork(check, input),
      everyDays: check.integer('everyDays', input.everyDays, {
        min: 1,
        max: EVERY_DAYS_MAX,
        name: 'the number of days',
      }),
      nextOn: check.day('firstOn', input.firstOn, 'the first day'),
      leadDays: check.integer('leadDays', input.leadDays, {
        min: 0,
        max: LEAD_DAYS_MAX,
        name: 'the days ahead',
      }),
    }));
    return this.unitOfWork.run(async (tx) => {
      const fablabId = await this.fablabOf(tx, viewer, read.workCentreId);
      await this.plans.insert(tx, { ...read, id: this.ids.next(), fablabId });
      return fablabId;
    });
  }

  /** Jobs that were made stay. @throws DomainError `FORBIDDEN`, `NOT_FOUND` */
  async endPlan(who: Viewer | null, input: { planId: string }): Promise<Id<'community'>> {
    const viewer = requireViewer(who);
    const id = checkInput((check) => check.id<'carePlan'>('planId', input.planId, 'the plan'));
    return this.unitOfWork.run(async (tx) => {
      const fablabId = await this.plans.fablabOf(tx, id);
      if (!fablabId) throw DomainError.notFound('plan', id);
      requireRole(viewer, fablabId, ['coordinator'], 'end what recurs');
      await this.plans.end(tx, id);
      return fablabId;
    });
  }

  /** Makes the jobs of plans that are due; any number of workers may ask at once. @returns how many were made */
  makeDue(limit: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const due = await this.plans.due(tx, limit);
      for (const plan of due) {
        await this.make(tx, { ...plan, dueOn: plan.nextOn });
        await this.plans.advance(tx, plan.id, nextAfter(plan, plan.today));
      }
      return due.length;
    });
  }

  private async make(tx: Tx, work: HouseWork): Promise<Id<'job'>> {
    const [lane] = await this.workOrders.lanesOf(tx, [work.workCentreId]);
    if (!lane) throw DomainError.notFound('work centre', work.workCentreId);
    const { fablabId, kind, name, instructions, minutes: plannedMinutes, dueOn } = work;
    const job = { ...lane, id: this.ids.next<'job'>(), position: 1, name, instructions, plannedMinutes };
    const order = {
      ...{ id: this.ids.next<'workOrder'>(), fablabId, kind, dueOn, quantity: 1, jobsOpen: 1 },
      ...{
        contractId: null,
        contractRef: null,
        contractLine: null,
        productVersionId: null,
        receiverId: null,
      },
      productName: HOUSE_NAMES[kind],
      // It is paid by nobody in particular, and takes its turns with the others.
      tier: 'fair',
    } as const;
    await this.orders.place(tx, order, [{ ...job, quantity: 1, state: 'ready', after: [] }]);
    return job.id;
  }

  private async fablabOf(tx: Tx, viewer: Viewer, id: Id<'workCentre'>): Promise<Id<'community'>> {
    const centre = await this.places.workCentre(tx, id);
    if (!centre || centre.retiredAt) throw DomainError.notFound('work centre', id);
    requireRole(viewer, centre.fablabId, ['coordinator'], 'create jobs');
    return centre.fablabId;
  }
}

function readWork(check: InputCheck, input: HouseWorkGiven) {
  return {
    workCentreId: check.id<'workCentre'>('workCentreId', input.workCentreId, 'the work centre'),
    kind: check.oneOf('kind', input.kind, HOUSE_KINDS),
    name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
    instructions: check.optionalText('instructions', input.instructions, {
      max: LIMITS.noteCharsMax,
      name: 'the instructions',
    }),
    minutes: check.integer('minutes', input.minutes, { min: 1, max: LIMITS.minutesMax, name: 'the minutes' }),
  };
}
