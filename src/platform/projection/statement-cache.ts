import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { StatementRun, SqlText } from './sql-text.js';

/** A statement whose column `json` is the answer. */
export interface CompiledStatement {
  /** A named statement is parsed and planned once per connection. */
  readonly name?: string;
  readonly text: string;
  readonly parameters: (run: StatementRun) => unknown[];
}

interface CachedStatement {
  readonly sql: SqlText;
  readonly text: string;
  uses: number;
  name: string | null;
}

const KEPT = 500;
/** A statement that ran this often is prepared under a name: planning a change costs more than running it. */
const USES_BEFORE_NAME = 10;
/** A prepared statement lives in a connection until it closes, so their number is limited: a caller might vary selections. */
const MOST_NAMES = 150;

/** Compiled statements, by their key. */
export class StatementCache {
  private readonly kept = new LRUCache<string, CachedStatement>({ max: KEPT });
  private names = 0;

  /** @param named false behind a pooler that changes sessions after each transaction, because prepared statements belong to a session */
  constructor(private readonly named = true) {}

  get(key: string, compile: () => { sql: SqlText; text: string }): CompiledStatement {
    const known = this.kept.get(key) ?? this.keep(key, compile());
    known.uses += 1;
    if (known.name === null && this.deservesName(known)) known.name = this.nameOf(known.text);
    const { name, text, sql } = known;
    const parameters = (run: StatementRun): unknown[] => sql.parameters(run);
    return name === null ? { text, parameters } : { name, text, parameters };
  }

  private keep(key: string, { sql, text }: { sql: SqlText; text: string }): CachedStatement {
    const made: CachedStatement = { sql, text, uses: 0, name: null };
    this.kept.set(key, made);
    return made;
  }

  private deservesName({ uses, sql }: CachedStatement): boolean {
    return this.named && uses >= USES_BEFORE_NAME && !sql.peculiar && this.names < MOST_NAMES;
  }

  /** PostgreSQL cuts names at 63 bytes. */
  private nameOf(text: string): string {
    this.names += 1;
    return createHash('sha256').update(text).digest('base64url');
  }
}
