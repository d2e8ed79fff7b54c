import { createHmac } from 'node:crypto';
import { openCursor } from '../../kit/cursor.js';
import { Problem } from '../errors/problem.js';
import type { PageView } from './view.js';

/** What a list's cursors depend on besides its account. */
type ListKey = Pick<PageView, 'filter' | 'sort'>;

/**
 * Cursors are good for one account, one list, one filter and one sort: their MAC covers all four, so a cursor carried
 * elsewhere is refused instead of showing a wrong page.
 */
export class Cursors {
  constructor(
    private readonly secret: Buffer,
    private readonly account: string,
  ) {}

  key(account: string, path: string, list: ListKey): Buffer {
    const text = JSON.stringify([account, path, list.sort, list.filter]);
    return createHmac('sha256', this.secret).update(text).digest();
  }

  /** The keys inside a cursor, or the refusal of a cursor that is not this list's. */
  open(cursor: string, path: string, list: ListKey, length: number): readonly (string | null)[] {
    const place = openCursor(cursor, this.key(this.account, path, list));
    if (place?.length === length) return place;
    const detail = 'The cursor was not made by this list with this filter and sort. Start again without `after`.';
    throw new Problem('invalid_cursor', detail, [{ pointer: 'after', code: 'invalidCursor', detail }]);
  }
}
