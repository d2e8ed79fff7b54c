import type { ImportSource } from '../import-source.js';
import { anyTable } from './any-table.js';
import { google } from './google.js';
import { linkedIn } from './linkedin.js';
import { messages } from './messages.js';
import { outlook } from './outlook.js';
import type { FileReader } from './reader.js';
import { tableReader } from './table-reader.js';
import { vcard } from './vcard/vcard.js';

/** Every reader. Another kind of file is one more. */
export const READERS: Readonly<Record<ImportSource, FileReader>> = {
  linkedin: tableReader(linkedIn),
  google: tableReader(google),
  outlook: tableReader(outlook),
  csv: tableReader(anyTable),
  vcard,
  linkedin_messages: messages,
};
