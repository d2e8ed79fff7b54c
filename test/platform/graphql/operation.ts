/** An operation as a client sends it. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** Cursors that lists gave, by the list's path and the arguments it was asked with. */
export type CursorsOf = (path: string) => readonly ListPlace[];

/** A list's order and conditions, and cursors that are good there. */
export interface ListPlace {
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly cursors: readonly string[];
}

/** Saved filters for the lists of a type, and a few that do not fit; none if nothing can be saved for them. */
export type SavedOf = (type: string) => readonly string[];
