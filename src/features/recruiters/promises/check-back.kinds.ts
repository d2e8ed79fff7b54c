import { declareKind } from '../../reminders/kinds.service.js';

/** When the time to come back is over: whoever has not come back has missed it. */
export const CHECK_BACK_ENDS = declareKind({
  name: 'check_back_ends',
  subject: null,
  about: 'checkBack',
  unseen: true,
});
