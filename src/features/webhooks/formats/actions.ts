import { sentenceCase, wordsOf } from './facts.js';
import { isData } from './message.js';
import type { Data } from './message.js';

/** Something that can be done about an event by following a link. */
export interface ActionLink {
  readonly label: string;
  readonly url: string;
}

/** What the payload offers under `actions`: `[{ name, title?, url }]`. Only web addresses become links. */
export function actionsOf({ actions }: Data): ActionLink[] {
  if (!Array.isArray(actions)) return [];
  return actions.filter(isData).flatMap(({ name, title, url }) => {
    if (typeof name !== 'string' || typeof url !== 'string' || !/^https?:\/\/\S+$/.test(url)) return [];
    return [{ label: typeof title === 'string' && title !== '' ? title : sentenceCase(wordsOf(name)), url }];
  });
}
