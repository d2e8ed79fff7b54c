import type { Notice } from './message.js';

/** An action on an event that a link carries out. */
export interface ActionLink {
  readonly label: string;
  readonly url: string;
}

export function actionsOf({ actions }: Notice): ActionLink[] {
  return actions.map(({ title, url }) => ({ label: title, url }));
}
