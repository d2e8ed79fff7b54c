import { declareKind } from '../../reminders/kinds.service.js';

/** When an interaction that was dated ahead takes place, and so becomes the last touch. */
export const TOUCH_AHEAD = declareKind({ name: 'touch_ahead', subject: null, about: 'interaction', unseen: true });
