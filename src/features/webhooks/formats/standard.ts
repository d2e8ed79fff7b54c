import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';

/** The body that Standard Webhooks specifies. Only thin bodies are written here: full ones are sent as the text of the log. */
export function renderStandard({ type, timestamp, sequence, data, previous, actions, sample }: Notice): Rendered {
  const more = { ...(previous ? { previous } : {}), ...(actions.length > 0 ? { actions } : {}) };
  return asJson({ type, timestamp, sequence, data, ...more, ...(sample ? { sample } : {}) });
}
