import { changed, listed, sentenceCase, textOf, wordsOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { declareEvent, eventsOf } from '../../../platform/contract/catalogue.js';
import { Encounter } from './encounter.entity.js';

/** `JSConf Budapest 2026`, `Pull request fastify/fastify#4711` or `Meetup in Berlin`. */
function what(data: Data): string {
  const [title, project, place] = [textOf(data, 'title'), textOf(data, 'project'), textOf(data, 'place')];
  if (title) return title;
  const kind = sentenceCase(wordsOf(textOf(data, 'kind') ?? 'other'));
  if (project) return `${kind} ${project}#${String(data.number)}`;
  return listed([kind === 'Other' ? 'An encounter' : kind, place], ' in ');
}

function withWhom({ people }: Data): string {
  const count = Array.isArray(people) ? people.length : 0;
  return count === 0 ? '' : `: ${count === 1 ? 'one contact was' : `${count} contacts were`} there`;
}

export const encounterEvents = {
  created: declareEvent({
    name: 'encounter.logged',
    resource: Encounter,
    description: 'An encounter was logged.',
    scope: 'contacts',
    sentence: (data) => `${what(data)}${withWhom(data)}`,
  }),
  ...eventsOf(
    Encounter,
    {
      updated: {
        description: 'An encounter changed.',
        sentence: (data, { previous }) => `${what(data)} changed${changed(previous)}`,
      },
      deleted: { description: 'An encounter was deleted.', sentence: (data) => `${what(data)} was deleted` },
    },
    { scope: 'contacts' },
  ),
};
