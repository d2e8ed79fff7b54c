import type { Data } from '../../../kit/words.js';
import type { Notice } from './message.js';

const IS_ID = /^(id|[a-z][A-Za-z]*Ids?|subjectType)$/;

/** Only the ids of the subject, without links. The receiver reads the rest with its own key. */
export function thinned(notice: Notice): Notice {
  return { ...notice, data: idsOf(notice.data), previous: null, actions: [] };
}

function idsOf(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([name]) => IS_ID.test(name)));
}
