import type { LogPosition } from '../log-position.js';

/** An event of the log. Streams share it, so it is never changed. */
export interface LogEvent {
  readonly accountId: string;
  readonly id: string;
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly occurredAt: string;
  readonly data: unknown;
  readonly previous: unknown;
  readonly position: LogPosition;
}

/** While an older transaction is still open, the row of a recorded event has no data yet. */
export interface EventRow extends Omit<LogEvent, 'position'> {
  readonly transaction: string;
  readonly sequence: number;
  readonly settled: boolean;
}

export function eventOf({ transaction, sequence, settled: _, ...event }: EventRow): LogEvent {
  return { ...event, position: { transaction: Number(transaction), sequence } };
}
