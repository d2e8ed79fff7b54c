import { isAmbiguous, orderShown } from '../../../../kit/day-text.js';
import type { DateOrder } from '../../../../kit/day-text.js';
import type { TablePlan } from './reader.js';

const NAMES: Readonly<Record<DateOrder, string>> = { dayFirst: 'day first', monthFirst: 'month first' };

/** The order of day and month in a column, decided by all of its dates. */
export class ColumnOrder {
  private readonly shown = { dayFirst: 0, monthFirst: 0 };
  private ambiguous = 0;

  see(text: string): void {
    const order = orderShown(text);
    if (order) this.shown[order] += 1;
    else if (isAmbiguous(text)) this.ambiguous += 1;
  }

  /** The order, and a sentence for the report when it had to be assumed. */
  decide({ dateOrder, likelyOrder }: Pick<TablePlan, 'dateOrder' | 'likelyOrder'>): {
    readonly order: DateOrder;
    readonly note: string | null;
  } {
    if (dateOrder) return { order: dateOrder, note: null };
    const { dayFirst, monthFirst } = this.shown;
    if (dayFirst > 0 && monthFirst === 0) return { order: 'dayFirst', note: null };
    if (monthFirst > 0 && dayFirst === 0) return { order: 'monthFirst', note: null };
    if (this.ambiguous === 0) return { order: likelyOrder, note: null };
    const why = dayFirst > 0 ? 'the column has dates of both orders' : 'no date of the column shows its order';
    const note = `${this.ambiguous} dates such as 2/7/2022 are read ${NAMES[likelyOrder]}, by the language of the header, since ${why}. Give dateOrder to decide it.`;
    return { order: likelyOrder, note };
  }
}
