import { topic } from '../../platform/database/topics.js';

/** There may be a file to work on. */
export const TRANSFERS = topic('transfers');
