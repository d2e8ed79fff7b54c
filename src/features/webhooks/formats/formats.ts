import { renderCloudEvent } from './cloudevents.js';
import { renderDiscord } from './discord.js';
import { renderFlat } from './flat.js';
import { RenderFailure } from './message.js';
import type { Notice, Rendered } from './message.js';
import { renderSlack } from './slack.js';
import { renderStandard } from './standard.js';
import { renderTeams } from './teams.js';
import type { Templates } from './templates.service.js';
import { thinned } from './thin.js';

export const FORMATS = ['standard', 'flat', 'slack', 'discord', 'teams', 'cloudevents', 'template'] as const;
export type Format = (typeof FORMATS)[number];

/** The format that an endpoint has chosen. */
export interface Style {
  readonly format: Format;
  /** The Liquid template, for the format `template`. */
  readonly template: string | null;
  /** Whether to send ids only. */
  readonly thin: boolean;
}

/** The formats for people, which cannot be thin: without names their messages would be empty. */
export const FOR_PEOPLE: readonly Format[] = ['slack', 'discord', 'teams'];

/** Where templates are rendered, and whose they are. */
export interface Press {
  readonly templates: Pick<Templates, 'render'>;
  readonly accountId: string;
}

/** @throws RenderFailure when the template cannot be rendered */
export async function rendered({ format, template, thin }: Style, whole: Notice, press: Press): Promise<Rendered> {
  const notice = thin ? thinned(whole) : whole;
  if (format !== 'template') return written(format, notice);
  if (template === null) throw new RenderFailure('is missing');
  return press.templates.render(press.accountId, template, notice);
}

/** A message in a format of the program's own. */
export function written(format: Exclude<Format, 'template'>, notice: Notice): Rendered {
  switch (format) {
    case 'standard':
      return renderStandard(notice);
    case 'flat':
      return renderFlat(notice);
    case 'slack':
      return renderSlack(notice);
    case 'discord':
      return renderDiscord(notice);
    case 'teams':
      return renderTeams(notice);
    case 'cloudevents':
      return renderCloudEvent(notice);
  }
}
