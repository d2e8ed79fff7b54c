import { parentPort } from 'node:worker_threads';
import type { Notice, Rendered } from './message.js';
import { renderTemplate } from './template.js';

/** A question to the thread that renders. */
export interface RenderOrder {
  readonly template: string;
  readonly notice: Notice;
}

/** Its answer: the message, or why there is none. */
export type RenderAnswer = Rendered | { readonly failure: string };

const WARM: RenderOrder = {
  template: '{% for i in (1..3) %}{% if data.title %}{{ data.title | json | append: "x" }}{% endif %}{% endfor %}',
  notice: {
    id: '',
    eventId: '',
    type: 'webhook.ping',
    timestamp: '2026-01-01T00:00:00.000Z',
    sequence: 1,
    data: { title: 'warm' },
    previous: null,
    actions: [],
    sample: true,
    timeZone: 'UTC',
  },
};

function answered({ template, notice }: RenderOrder): RenderAnswer {
  try {
    return renderTemplate(template, notice);
  } catch (error) {
    return { failure: error instanceof Error ? error.message : 'fails' };
  }
}

// The first rendering of a thread takes longer than all that follow: its time is nobody's.
answered(WARM);
parentPort?.on('message', (order: RenderOrder) => parentPort?.postMessage(answered(order)));
parentPort?.postMessage('ready');
