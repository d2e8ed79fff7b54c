import { Integer, Nested, Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';

/** So many columns and rows are shown. */
export const MOST_COLUMNS = 200;
export const MOST_ROWS_SHOWN = 5;
export const MOST_EXAMPLES = 3;

@Shape('A column of a table, and what it is taken for.')
export class ProposedColumn {
  @Text({ max: 200, description: 'Its name in the header.', example: 'Company Name' })
  name!: string;

  @Text({
    max: 30,
    nullable: true,
    description: 'The field of `mapping` that it is taken for; null when it is left out.',
    example: 'company',
  })
  field!: string | null;

  @Text({ max: 100, list: MOST_EXAMPLES, description: 'What the first rows have in it.', example: ['Engines Ltd'] })
  examples!: string[];
}

@Shape('One of the first rows of a table as a contact.')
export class ProposedRow {
  @Integer({ min: 1, max: 2 ** 31 - 1, description: 'The line on which it begins, counted from 1.' })
  line!: number;

  @Text({
    max: 200,
    nullable: true,
    description: 'The name; null when the row would be skipped.',
    example: 'Ada Lovelace',
  })
  name!: string | null;

  @Text({ max: 254, list: 20, description: 'The e-mail addresses.', example: ['ada@example.org'] })
  emails!: string[];

  @Text({ max: 200, nullable: true, description: 'The company.', example: 'Engines Ltd' })
  company!: string | null;

  @Text({ max: 500, list: 20, description: 'Why it would be skipped, and what is not understood in it.', example: [] })
  problems!: string[];
}

@Shape('How a table would be read. Nothing is kept of it.')
export class TableProposal {
  @Text({ max: 40, description: 'The encoding that it is read in.', example: 'utf-8' })
  encoding!: string;

  @Text({ max: 1, description: 'What is between two columns.', example: ';' })
  delimiter!: string;

  @Integer({ min: 1, max: 100, description: 'The line of the header, counted from 1.' })
  headerLine!: number;

  @Nested(() => ProposedColumn, { list: MOST_COLUMNS, description: 'Its columns, in their order.' })
  columns!: ProposedColumn[];

  @Nested(() => ProposedRow, { list: MOST_ROWS_SHOWN, description: 'Its first rows.' })
  rows!: ProposedRow[];
}
