import type { Type } from '@nestjs/common';
import { getMetadataArgsStorage } from 'typeorm';
import { snakeCase } from './naming.js';

/** What SQL needs to know about an entity, read from TypeORM's decorators. */
export interface Table {
  readonly name: string;
  /** Column names by property. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Rows of such a table are hidden, not removed, when they are deleted. */
  readonly softDeleted: boolean;
}

export interface Column {
  readonly name: string;
  readonly json: boolean;
  /** The PostgreSQL type, for a parameter's cast. */
  readonly type: string;
}

const tables = new Map<Type, Table>();

export function tableOf(type: Type): Table {
  const known = tables.get(type);
  if (known) return known;
  const table = readTable(type);
  tables.set(type, table);
  return table;
}

/** Every class that has its own table, in the order of declaration. */
export function storedTypes(): Type[] {
  return getMetadataArgsStorage().tables.map(({ target }) => target as Type);
}

export function columnOf(type: Type, property: string): Column {
  const column = tableOf(type).columns.get(property);
  if (!column) throw new Error(`${type.name}.${property} is not a column.`);
  return column;
}

function readTable(type: Type): Table {
  const storage = getMetadataArgsStorage();
  const entity = storage.tables.find((table) => table.target === type);
  if (!entity?.name) throw new Error(`${type.name} is not an entity: give it @Entity('its_table').`);
  const lineage = lineageOf(type);
  const columns = storage.columns.filter((column) => lineage.has(column.target));
  const byProperty = columns.map(({ propertyName, options }): [string, Column] => {
    const type = String(options.type) + (options.array ? '[]' : '');
    return [propertyName, { name: options.name ?? snakeCase(propertyName), json: type.startsWith('json'), type }];
  });
  const found = new Map(byProperty);
  return { name: entity.name, columns: found, softDeleted: found.has('deletedAt') };
}

function lineageOf(type: Type): ReadonlySet<unknown> {
  const classes = new Set<unknown>();
  for (let current: unknown = type; typeof current === 'function'; current = Object.getPrototypeOf(current)) {
    classes.add(current);
  }
  return classes;
}
