import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { RequestLoader, inOrder } from '#platform';
import {
  PlacesReader,
  type QualificationView,
  type SectionCounts,
  type SectionView,
  type WorkCentreView,
} from '../places.reader.js';

/** Rows by the key they belong to: an empty list for a key that has none. */
export function grouped<Key, Row>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): Row[][] {
  const byKey = new Map<Key, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) byKey.get(keyOf(row))?.push(row);
  return keys.map((key) => byKey.get(key) ?? []);
}

@Injectable()
export class SectionLoader extends RequestLoader<Id<'section'>, SectionView> {
  constructor(private readonly places: PlacesReader) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'section'>[],
  ): Promise<readonly (SectionView | Error)[]> {
    const rows = await this.places.sectionsByIds(ids);
    return inOrder(
      ids,
      rows,
      (row) => row.id,
      (id) => DomainError.notFound('section', id),
    );
  }
}

@Injectable()
export class SectionCountsLoader extends RequestLoader<Id<'section'>, SectionCounts> {
  constructor(private readonly places: PlacesReader) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'section'>[],
  ): Promise<readonly (SectionCounts | Error)[]> {
    const rows = await this.places.countsOf(ids);
    return inOrder(
      ids,
      rows,
      (row) => row.sectionId,
      (id) => DomainError.notFound('section', id),
    );
  }
}

@Injectable()
export class WorkCentreLoader extends RequestLoader<Id<'workCentre'>, WorkCentreView> {
  constructor(private readonly places: PlacesReader) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'workCentre'>[],
  ): Promise<readonly (WorkCentreView | Error)[]> {
    const rows = await this.places.workCentresByIds(ids);
    return inOrder(
      ids,
      rows,
      (row) => row.id,
      (id) => DomainError.notFound('work centre', id),
    );
  }
}

@Injectable()
export class WorkCentresOfSectionLoader extends RequestLoader<Id<'section'>, WorkCentreView[]> {
  constructor(private readonly places: PlacesReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'section'>[]): Promise<readonly WorkCentreView[][]> {
    return grouped(ids, await this.places.workCentresOfSections(ids), (row) => row.sectionId);
  }
}

@Injectable()
export class RequiredQualificationsLoader extends RequestLoader<Id<'workCentre'>, QualificationView[]> {
  constructor(private readonly places: PlacesReader) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'workCentre'>[],
  ): Promise<readonly QualificationView[][]> {
    return grouped(ids, await this.places.requiredBy(ids), (row) => row.workCentreId);
  }
}

@Injectable()
export class QualificationLoader extends RequestLoader<Id<'qualification'>, QualificationView> {
  constructor(private readonly places: PlacesReader) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'qualification'>[],
  ): Promise<readonly (QualificationView | Error)[]> {
    const rows = await this.places.qualificationsByIds(ids);
    return inOrder(
      ids,
      rows,
      (row) => row.id,
      (id) => DomainError.notFound('qualification', id),
    );
  }
}
