import { Readable } from 'node:stream';
import type { CsvRecord } from '../../../../kit/csv-text.js';
import { cutText } from '../../../../kit/cut-text.js';
import { Problem } from '../../../../platform/errors/problem.js';
import { MOST_COLUMNS, MOST_EXAMPLES, MOST_ROWS_SHOWN } from '../proposal.shapes.js';
import type { ProposedRow, TableProposal } from '../proposal.shapes.js';
import { anyTable } from './any-table.js';
import { clean } from './clean-text.js';
import { ColumnOrder } from './date-order.js';
import { tablePlanOf } from './plan.js';
import { UnreadableFile } from './reader.js';
import type { HowToRead, TablePlan } from './reader.js';
import { fieldsBy, tableRecords } from './table-reader.js';

/**
 * What the columns of a table are taken for, and its first rows as contacts.
 * @throws Problem `unprocessable` when no line looks like a header; it lists the columns that are there, to be named in a mapping
 */
export async function proposalOf(bytes: Buffer, how: HowToRead): Promise<TableProposal> {
  const plan = await tablePlanOf(bytes, anyTable, how);
  const [header, ...records] = await firstRecords(bytes, { ...plan, headerLine: plan.headerLine - 1 });
  const fields = new Map(
    Object.entries(plan.columns)
      .map(([field, place]) => [place, field] as const)
      .reverse(),
  );
  return {
    encoding: plan.charset,
    delimiter: plan.delimiter,
    headerLine: plan.headerLine,
    columns: (header?.fields ?? []).slice(0, MOST_COLUMNS).flatMap((name, place) => {
      const shown = cutText(clean(name), 200);
      if (shown === '') return [];
      const examples = records
        .map((record) => cutText(clean(record.fields[place] ?? ''), 100))
        .filter((one) => one !== '');
      return [
        { name: shown, field: fields.get(place) ?? null, examples: [...new Set(examples)].slice(0, MOST_EXAMPLES) },
      ];
    }),
    rows: rowsOf(records, plan),
  };
}

/** The header and the rows below it; no more of the file is read. */
async function firstRecords(bytes: Buffer, plan: TablePlan): Promise<CsvRecord[]> {
  const found: CsvRecord[] = [];
  try {
    for await (const records of tableRecords(() => Readable.from([bytes]), plan)) {
      found.push(...records);
      if (found.length > MOST_ROWS_SHOWN) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new Problem('unprocessable', error.message, [{ pointer: '/csv', code: 'unreadable', detail: error.message }]);
  }
  return found.slice(0, MOST_ROWS_SHOWN + 1);
}

function rowsOf(records: readonly CsvRecord[], plan: TablePlan): ProposedRow[] {
  const order = new ColumnOrder();
  const places = anyTable.dateColumns.flatMap((column) => plan.columns[column] ?? []);
  for (const { fields } of records) for (const place of places) order.see(fields[place] ?? '');
  const decided = order.decide(plan).order;
  return records.map(({ fields, line }) => {
    const row = anyTable.read({ field: fieldsBy(fields, plan), order: decided });
    if ('skipped' in row) return { line, name: null, emails: [], company: null, problems: [row.skipped] };
    return { line, name: row.name, emails: [...row.emails], company: row.company, problems: [...row.problems] };
  });
}
