/** An event of the log, with the properties that a notice shows. */
export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
  readonly previous: Record<string, unknown> | null;
}

/** Its columns, of a row `e` of events. */
export const LOGGED_EVENT = `e.id, e.type, to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as timestamp,
  e.sequence, e.data, e.previous`;
