import { answerExample } from '../../../platform/contract/examples.js';
import type { EventType } from '../../../platform/contract/catalogue.js';
import { shapeOf } from '../../../platform/contract/kinds/object.js';
import { text } from '../../../platform/contract/kinds/text.js';
import { plainRecipesOf } from '../../../platform/contract/recipes.js';
import type { Recipe } from '../../../platform/contract/recipes.js';
import type { Type } from '@nestjs/common';
import type { Notice } from './message.js';

const ID = '01977f2e-6c00-7000-8000-0123456789ab';
const INSTANT = '2026-03-02T10:00:00.000Z';
/** What texts may contain, and JSON takes only escaped. */
const HARD = 'A "quoted" \\ text\nof two lines';
/** Shorter texts are words of the program's own, such as a kind. */
const LEAST_FREE = 100;

/** A complete notice of an event, to try a template with. */
export function sampleNotice({ name, resource }: EventType): Notice {
  const about = { id: ID, eventId: ID, timestamp: INSTANT, sequence: 1, previous: null, timeZone: 'UTC', actions: [] };
  return { ...about, type: name, data: answerExample(resource), sample: true };
}

/** The same with quotation marks, a backslash and an end of a line in each text that a person writes. */
export function hardNotice(event: EventType): Notice {
  const notice = sampleNotice(event);
  return { ...notice, data: { ...notice.data, ...hardTexts(event.resource) } };
}

function hardTexts(type: Type): Record<string, unknown> {
  const hard = [...plainRecipesOf(type)].flatMap(([name, recipe]) => {
    const value = hardValue(recipe);
    return value === undefined ? [] : [[name, recipe.list ? [value] : value] as const];
  });
  return Object.fromEntries(hard);
}

function hardValue(recipe: Recipe): unknown {
  if (recipe.shape) return { ...answerExample(shapeOf(recipe)), ...hardTexts(shapeOf(recipe)) };
  const isText = recipe.kind === text && !recipe.choice && !recipe.check && !recipe.pattern;
  return isText && (recipe.max ?? 0) >= LEAST_FREE ? HARD : undefined;
}
