import pg from 'pg';
import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';

export type EntityClass = (new () => object) | EntitySchema;

/** Injection token of TypeORM's `DataSource`. Use `Database` to read and `UnitOfWork` to write. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');

const INT8_OID = 20;

/**
 * 64-bit integers arrive as `bigint`: amounts of money must not pass through floating point.
 * Set for our own pool only; BullMQ's PostgreSQL backend shares the `pg` module and expects its defaults.
 */
const bigintTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    return oid === INT8_OID && format !== 'binary' ? BigInt : pg.types.getTypeParser(oid, format as 'text');
  },
};

export interface DataSourceSettings {
  readonly url: string;
  readonly connectionsMax: number;
  readonly applicationName: string;
  readonly entities: readonly EntityClass[];
  readonly migrations?: readonly (new () => MigrationInterface)[];
}

/** Describes the connection. The schema changes by migrations only: `synchronize` stays off, in tests too. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  const options: DataSourceOptions = {
    type: 'postgres',
    url: settings.url,
    entities: [...settings.entities],
    migrations: [...(settings.migrations ?? [])],
    migrationsTableName: 'platform_migration',
    synchronize: false,
    installExtensions: false,
    applicationName: settings.applicationName,
    extra: { max: settings.connectionsMax, types: bigintTypes, keepAlive: true, pipeline: true },
  };
  return new DataSource(options);
}
