import { topic } from '../../platform/database/topics.js';

/** There may be deliveries to send or to cancel. */
export const DELIVERIES = topic('deliveries');
