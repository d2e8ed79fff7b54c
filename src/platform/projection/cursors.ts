import { createHmac } from 'node:crypto';
import { openCursor, peekCursor } from '../../kit/cursor.js';
import { Problem } from '../errors/problem.js';
import type { PageView } from './view.js';

/** The argument that is a cursor. */
export type CursorPlace = 'after' | 'before';

/** What a list's cursors depend on, in addition to the account. */
type ListKey = Pick<PageView, 'filter' | 'saved' | 'sort' | 'q' | 'trash'>;

/**
 * A cursor is valid for one account, list, sort, filter and search: its MAC covers all of them, so a cursor that is used
 * elsewhere, or after its saved filter was changed, is refused instead of returning a wrong page.
 */
export class Cursors {
  constructor(private readonly secret: Buffer) {}

  key(account: string, path: string, list: ListKey): Buffer {
    const { sort, filter, q = null, trash = false, saved } = list;
    const text = JSON.stringify([account, path, sort, filter, q, trash, ...(saved ? [saved] : [])]);
    return createHmac('sha256', this.secret).update(text).digest();
  }

  /** The keys inside a cursor. Throws if it does not belong to this account and this list. */
  open(cursor: string, account: string, path: string, list: ListKey, place: CursorPlace): readonly (string | null)[] {
    return openCursor(cursor, this.key(account, path, list)) ?? refuse(place);
  }

  /** Which of its keys are null, read without a check: the statement depends on it, and each run checks the cursor. */
  shape(cursor: string, length: number, place: CursorPlace): readonly boolean[] {
    const keys = peekCursor(cursor);
    return keys?.length === length ? keys.map((key) => key === null) : refuse(place);
  }
}

function refuse(place: CursorPlace): never {
  const detail = 'The cursor belongs to another list, filter or sort. Start again without a cursor.';
  throw new Problem('invalid_cursor', detail, [{ pointer: place, code: 'invalidCursor', detail }]);
}
