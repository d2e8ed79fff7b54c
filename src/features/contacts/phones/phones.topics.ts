import { topic } from '../../../platform/database/topics.js';

/** There may be telephone numbers to read again. */
export const PHONES = topic('phones');
