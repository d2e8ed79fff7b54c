import type { Notice } from './message.js';

/** Something that can be done about an event by following a link. */
export interface ActionLink {
  readonly label: string;
  readonly url: string;
}

export function actionsOf({ actions }: Notice): ActionLink[] {
  return actions.map(({ title, url }) => ({ label: title, url }));
}
