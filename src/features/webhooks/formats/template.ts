import { Liquid, filters } from 'liquidjs';
import type { Template } from 'liquidjs';
import { LRUCache } from 'lru-cache';
import { JSON_TYPE, RenderFailure, isJson } from './message.js';
import type { Notice, Rendered } from './message.js';
import { LONGEST_MS } from './template-limits.js';

/** The longest output, in characters. A message needs no more. */
const MOST_OUTPUT = 262_144;
const REMEMBERED = 500;

/**
 * Filters whose result changes from call to call. They are removed, because a retry must send the same bytes as the
 * first attempt.
 */
const UNSTEADY = ['sample', 'random', 'shuffle'];
const DATES = ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string'] as const;

const engine = madeEngine();
const parsed = new LRUCache<string, Template[]>({ max: REMEMBERED });

/**
 * Renders an event with a Liquid template, in the thread that calls it: only the thread for templates may, because the limits of
 * the engine are checked between filters, and one filter can take minutes. The template can use `id`, `type`, `timestamp`, `sequence`, `data`,
 * `previous`, `actions`, `sample` and `timeZone`. It can read no file and no clock.
 *
 * @throws RenderFailure when the template is invalid, takes too long, writes too much or writes nothing
 */
export function renderTemplate(template: string, notice: Notice): Rendered {
  const body = output(template, notice);
  if (body.length > MOST_OUTPUT) throw new RenderFailure(`writes more than ${MOST_OUTPUT} characters`);
  if (body.trim() === '') throw new RenderFailure('writes nothing');
  return { body, contentType: isJson(body) ? JSON_TYPE : 'text/plain; charset=utf-8' };
}

function output(template: string, notice: Notice): string {
  const { id, type, timestamp, sequence, data, previous, actions, sample, timeZone } = notice;
  try {
    const known = parsed.get(template) ?? engine.parse(template);
    parsed.set(template, known);
    return String(
      engine.renderSync(known, { id, type, timestamp, sequence, data, previous, actions, sample, timeZone }),
    );
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw new RenderFailure(reason);
  }
}

/** `templates` replaces the file system. It is empty, so a template cannot include a file. */
function madeEngine(): Liquid {
  const liquid = new Liquid({
    templates: {},
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: 100_000,
    renderLimit: LONGEST_MS,
    memoryLimit: 1_000_000,
    timezoneOffset: 0,
  });
  for (const name of UNSTEADY) delete liquid.filters[name];
  for (const name of DATES) {
    liquid.registerFilter(name, function steady(value: string | Date, ...given: string[]) {
      if (/^\s*(now|today)\s*$/i.test(String(value))) throw new Error(`${name} cannot read the clock: use timestamp`);
      return (filters[name] as (...all: unknown[]) => unknown).call(this, value, ...given);
    });
  }
  return liquid;
}
