import { Choice, Flag, Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';
import { FORMAT_MEANING, FORMAT_NAMES } from './contact-formats.js';
import type { FormatName } from './contact-formats.js';

/** More than the largest answer, and more than its vCard. */
const LONGEST = 16_777_216;

@Shape('Contacts of a list as a part of a file. The parts, one after the other, are the file.')
export class ContactsFile {
  @Choice({ name: 'ContactsFormat', values: FORMAT_NAMES, description: FORMAT_MEANING })
  format!: FormatName;

  @Text({ max: LONGEST, min: 0, description: 'The part.' })
  text!: string;

  @Text({ max: 2_000, nullable: true, description: 'Pass it as `after` for the next part; null without contacts.' })
  endCursor!: string | null;

  @Flag({ description: 'Whether there is another part.' })
  hasNextPage!: boolean;
}
