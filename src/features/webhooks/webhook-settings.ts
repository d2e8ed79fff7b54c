import { Problem } from '../../platform/errors/problem.js';
import type { ProblemDetail } from '../../platform/errors/problem.js';
import { FOR_PEOPLE } from './formats/formats.js';
import type { Press, Style } from './formats/formats.js';
import { RenderFailure, isJson } from './formats/message.js';
import type { Notice } from './formats/message.js';
import { hardNotice, sampleNotice } from './formats/sample.js';
import type { EventType } from '../../platform/contract/catalogue.js';
import { thinned } from './formats/thin.js';
import { eventsOf, filterPath } from './payload-filter.js';

/** What an endpoint receives, and how: the settings that must fit each other. */
export interface Settings extends Style {
  readonly eventTypes: readonly string[];
  readonly filter: Readonly<Record<string, unknown>> | null;
}

/** The beginning of an object or of a list of objects, texts or lists: a sentence does not begin so. */
const LIKE_JSON = /^\s*(\{\s*["}]|\[\s*["{[])/;

/** An ordinary template takes a fiftieth of it for the samples of all events. */
const MOST_TRIAL_MS = 5_000;
const TOO_SLOW = `template takes more than ${MOST_TRIAL_MS / 1_000} s for samples of all its event types: loop over less.`;

/** The settings, without those that the caller left out. */
export const PLAIN: Settings = { format: 'standard', template: null, thin: false, eventTypes: ['*'], filter: null };

/**
 * The path of the filter, if the settings fit each other.
 * @throws Problem `invalid_input` that names every setting that does not fit, and the refusals in `others`
 */
export async function judgedSettings(
  settings: Settings,
  others: readonly ProblemDetail[],
  press: Press,
): Promise<{ filterPath: string | null }> {
  const plain = [...others, ...emptyEventTypes(settings), ...thinRefusals(settings)];
  const details = [...plain, ...(await templateRefusals(settings, press))];
  if (details.length > 0) throw new Problem('invalid_input', details.map(({ detail }) => detail).join(' '), details);
  return { filterPath: settings.filter ? filterPath(settings.filter, settings.eventTypes) : null };
}

function emptyEventTypes({ eventTypes }: Settings): ProblemDetail[] {
  if (eventTypes.length > 0) return [];
  const detail = 'eventTypes must name at least one event; * stands for all of them.';
  return [{ pointer: '/eventTypes', code: 'arrayNotEmpty', detail }];
}

/**
 * The template is tried with a sample of every requested event, so that it fails here and not when an event is sent. All trials
 * together have a time limit too, because a request waits for them.
 */
async function templateRefusals(
  { format, template, thin, eventTypes }: Settings,
  press: Press,
): Promise<ProblemDetail[]> {
  const refused = (code: string, detail: string): ProblemDetail[] => [{ pointer: '/template', code, detail }];
  if (template === null) {
    return format === 'template' ? refused('isTemplate', 'template is required by the format template.') : [];
  }
  const begun = performance.now();
  for (const event of eventsOf(eventTypes)) {
    if (performance.now() - begun > MOST_TRIAL_MS) return refused('isTemplate', TOO_SLOW);
    const tried = async (notice: Notice): Promise<string> =>
      (await press.templates.render(press.accountId, template, thin ? thinned(notice) : notice)).body;
    try {
      if (breaksJson(await tried(sampleNotice(event)), await tried(hardNotice(event))))
        return refused('isJson', brokenJson(event));
    } catch (error) {
      if (!(error instanceof RenderFailure)) throw error;
      return refused('isTemplate', `template fails with a sample of ${event.name}: ${error.message}.`);
    }
  }
  return [];
}

/** Whether a template means JSON and does not always write it: with a plain sample, or with one whose texts have quotation marks. */
function breaksJson(plain: string, hard: string): boolean {
  return (LIKE_JSON.test(plain) && !isJson(plain)) || (isJson(plain) && !isJson(hard));
}

function brokenJson({ name }: EventType): string {
  return `template writes JSON of ${name} that breaks when a text has a quotation mark, a backslash or a new line: write values with the filter json and without quotation marks of your own, as in {"text": {{ data.title | json }}}.`;
}

function thinRefusals({ format, thin }: Settings): ProblemDetail[] {
  if (!thin || !FOR_PEOPLE.includes(format)) return [];
  const detail = `thin sends only ids, and ${format} shows names: choose another format, or thin false.`;
  return [{ pointer: '/thin', code: 'notWithFormat', detail }];
}
