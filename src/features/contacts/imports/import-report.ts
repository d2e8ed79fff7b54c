import { Integer, Nested, Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';

@Shape('A row of an import that was passed over, and why.')
export class ImportSkip {
  @Integer({ min: 1, max: 2 ** 31 - 1, description: 'The line of the file, counted from 1.' })
  line!: number;

  @Text({ max: 500, description: 'Why it was skipped.', example: 'It has no name.' })
  reason!: string;
}

@Shape('What an import did. The same file again does nothing.')
export class ImportReport {
  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'Contacts that were added.' })
  created!: number;

  @Integer({
    min: 0,
    max: 2 ** 31 - 1,
    description: 'Contacts found at another company or in another role, and updated.',
  })
  updated!: number;

  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'Contacts that existed already and did not change.' })
  unchanged!: number;

  @Nested(() => ImportSkip, { list: 1_000_000, description: 'Rows that were skipped.' })
  skipped!: ImportSkip[];
}
