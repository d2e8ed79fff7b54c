import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { resourceName } from '../../platform/contract/resources.js';
import { storedTypes, tableOf } from '../../platform/contract/tables.js';
import { heldColumns, stayingTables, travellingTables } from '../../platform/contract/transfers.js';
import { Database } from '../../platform/database/database.js';
import { knownTables } from './layout.sql.js';
import type { KnownTable } from './layout.sql.js';

/** A table whose rows travel. */
export interface TravellingTable extends KnownTable {
  /** What one of its rows is called in a file. */
  readonly name: string;
  /** The entity, which says what its values may be. */
  readonly type: Type | null;
  /** The column whose times workers wait for. */
  readonly held: string | null;
}

/** The rows of the account itself, which is there already. */
const ACCOUNT = 'accounts';

/** The tables of a file, in an order in which each refers only to those before it. */
@Injectable()
export class Layout {
  private known: Promise<readonly TravellingTable[]> | null = null;

  constructor(private readonly database: Database) {}

  /** The account's own table is not among them. */
  tables(): Promise<readonly TravellingTable[]> {
    this.known ??= this.read().catch((error: unknown) => {
      this.known = null;
      throw error;
    });
    return this.known;
  }

  /** The columns of the account itself that travel: its settings. */
  async settings(): Promise<readonly string[]> {
    const [account] = await this.database.system<KnownTable>(knownTables([ACCOUNT]));
    return (account?.columns ?? []).filter((column) => column !== 'id');
  }

  private async read(): Promise<readonly TravellingTable[]> {
    const declared = declaredTables();
    const found = await this.database.system<KnownTable>(knownTables([...declared.keys()]));
    return inOrder(found).map((table) => {
      const { name, type } = declared.get(table.table) ?? { name: table.table, type: null };
      return { ...table, name, type, held: heldColumns().get(table.table) ?? null };
    });
  }
}

interface Declared {
  readonly name: string;
  readonly type: Type | null;
}

/** Every table that travels, by its name in the database. */
export function declaredTables(): ReadonlyMap<string, Declared> {
  const staying = stayingTables();
  const types = storedTypes().filter((type) => tableOf(type).name !== ACCOUNT && !staying.has(tableOf(type).name));
  const typed = types.map((type): [string, Declared] => [tableOf(type).name, { name: resourceName(type).noun, type }]);
  const alone = [...travellingTables()].map(([table, name]): [string, Declared] => [table, { name, type: null }]);
  return new Map([...typed, ...alone]);
}

function inOrder(tables: readonly KnownTable[]): KnownTable[] {
  const sorted: KnownTable[] = [];
  const waiting = new Map([...tables].sort((a, b) => (a.table < b.table ? -1 : 1)).map((one) => [one.table, one]));
  while (waiting.size > 0) {
    const next = [...waiting.values()].filter(({ parents }) => !parents.some((parent) => waiting.has(parent)));
    if (next.length === 0)
      throw new Error(`These tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}.`);
    for (const table of next) waiting.delete(table.table);
    sorted.push(...next);
  }
  return sorted;
}
