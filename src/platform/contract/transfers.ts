/**
 * What a file of a whole account takes along. Every table of a declared entity travels, unless its feature says why it stays. A table without an
 * entity says which of both it does.
 */
const staying = new Map<string, string>();
const alone = new Map<string, string>();
const held = new Map<string, string>();

/** The rows of these tables stay in this installation, for this reason. */
export function staysHome(reason: string, ...tables: readonly string[]): void {
  for (const table of tables) staying.set(table, reason);
}

/** A table without an entity travels, under this name. */
export function travels(table: string, name: string): void {
  alone.set(table, name);
}

/** Workers wait for the times in this column. They must see none of them before all rows have arrived. */
export function heldUntilComplete(table: string, column: string): void {
  held.set(table, column);
}

/** The tables that stay, with their reasons. */
export function stayingTables(): ReadonlyMap<string, string> {
  return staying;
}

/** The tables without an entity that travel, with the names of their rows. */
export function travellingTables(): ReadonlyMap<string, string> {
  return alone;
}

/** The columns that workers wait for, by their tables. */
export function heldColumns(): ReadonlyMap<string, string> {
  return held;
}

staysHome(
  'The log of this installation: its positions mean nothing in another.',
  'events',
  'outbox',
  'forgotten_events',
);
staysHome('Answers to requests that were sent here.', 'kept_answers');
staysHome('What this program counts and looks after.', 'rate_windows', 'failures');
travels('external_ids', 'externalId');
