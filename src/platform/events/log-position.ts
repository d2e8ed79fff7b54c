import { createHmac } from 'node:crypto';
import { openCursor } from '../../kit/cursor.js';
import { Problem } from '../errors/problem.js';

/**
 * A position in the log: events are ordered by the ids of their transactions, and within one transaction in the order in
 * which they were recorded. Both numbers stay far below 2^53.
 */
export interface LogPosition {
  readonly transaction: number;
  readonly sequence: number;
}

export function isAfter(a: LogPosition, b: LogPosition): boolean {
  return a.transaction === b.transaction ? a.sequence > b.sequence : a.transaction > b.transaction;
}

/** Positions in one account's log as opaque texts. Their MAC covers the account, so tokens of other accounts are refused. */
export class LogTokens {
  constructor(private readonly secret: Buffer) {}

  /** The key with which a statement seals a position (`cursorSql`). */
  key(account: string): Buffer {
    return createHmac('sha256', this.secret)
      .update(JSON.stringify([account, 'the log']))
      .digest();
  }

  /** @throws Problem `invalid_cursor` for a text that was not issued to this account. */
  open(token: string, account: string): LogPosition {
    const [transaction, sequence] = openCursor(token, this.key(account)) ?? [];
    if (transaction && sequence) return { transaction: Number(transaction), sequence: Number(sequence) };
    const detail = 'The token does not belong to this account. Start again without `since`.';
    throw new Problem('invalid_cursor', detail, [{ pointer: 'since', code: 'invalidCursor', detail }]);
  }
}

/** The error for a position before which events may have been deleted. */
export function expired(pointer: string): Problem {
  const detail =
    'The events after this position are no longer kept. Start again: read everything, then follow the log.';
  return new Problem('expired_token', detail, [{ pointer, code: 'expiredToken', detail }]);
}
