import { topic } from '../../../platform/database/topics.js';

/** There is an import to work on. */
export const IMPORTS = topic('imports');
