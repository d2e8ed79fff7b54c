import { CsvTextError, recordsOf } from '../../../../kit/csv-text.js';
import type { CsvRecord } from '../../../../kit/csv-text.js';
import type { DateOrder } from '../../../../kit/day-text.js';
import { ColumnOrder } from './date-order.js';
import { textOf } from './file-text.js';
import { tablePlanOf } from './plan.js';
import { UnreadableFile } from './reader.js';
import type { FileReader, FileRow, ImportPlan, OpenedFile, Parts, TablePlan } from './reader.js';
import { RowCount } from './row-count.js';
import type { TableFormat, TableRow } from './table-format.js';

/** Reads the files of a format: twice, since the whole column says what a date means. */
export function tableReader(format: TableFormat): FileReader {
  const { source, howWeMet, tags } = format;
  return {
    ...{ source, howWeMet, tags },
    brings: 'people',
    planOf: (bytes, how) => tablePlanOf(bytes, format, how),
    open: (parts, plan) => opened(parts, plan as TablePlan, format),
  };
}

async function opened(parts: Parts, plan: TablePlan, format: TableFormat): Promise<OpenedFile> {
  const order = new ColumnOrder();
  const places = format.dateColumns.flatMap((column) => plan.columns[column] ?? []);
  const unused = new Set<number>();
  const count = new RowCount();
  for await (const records of tableRecords(parts, plan)) {
    count.add(records.length);
    for (const { fields } of records) {
      for (const place of places) order.see(fields[place] ?? '');
      for (const [place] of plan.others) if ((fields[place] ?? '').trim() !== '') unused.add(place);
    }
  }
  const decided = order.decide(plan);
  const left = plan.others.filter(([place]) => unused.has(place)).map(([, name]) => name);
  return {
    notes: [...(decided.note === null ? [] : [decided.note]), ...(left.length === 0 ? [] : [leftOut(left)])],
    rows: rowsOf(parts, plan, format, decided.order),
  };
}

const MOST_NAMED = 10;

function leftOut(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `These columns are not taken over: ${names.slice(0, MOST_NAMED).join(', ')}${more}.`;
}

async function* rowsOf(
  parts: Parts,
  plan: TablePlan,
  { read }: TableFormat,
  order: DateOrder,
): AsyncGenerator<readonly FileRow[]> {
  for await (const records of tableRecords(parts, plan)) {
    yield records.map(({ fields, line }) => ({ line, row: read({ field: fieldsBy(fields, plan), order }) }));
  }
}

/** The records of a table below its header. */
export async function* tableRecords(parts: Parts, plan: ImportPlan): AsyncGenerator<readonly CsvRecord[]> {
  const table = plan as TablePlan;
  try {
    yield* recordsOf(textOf(parts(), table), { delimiter: table.delimiter, linesAbove: table.headerLine });
  } catch (error) {
    if (error instanceof CsvTextError) throw new UnreadableFile(error.message);
    throw error;
  }
}

/** The fields of a record by the names of their columns. */
export function fieldsBy(fields: readonly string[], { columns }: TablePlan): TableRow['field'] {
  return (column) => {
    const place = columns[column];
    return place === undefined ? '' : (fields[place] ?? '');
  };
}
