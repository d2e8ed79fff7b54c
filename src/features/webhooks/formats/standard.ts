import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';

/** The body that Standard Webhooks asks for. Whole ones leave as the log's own text and do not come here: thin ones do. */
export function renderStandard({ type, timestamp, sequence, data, previous, actions, sample }: Notice): Rendered {
  const more = { ...(previous ? { previous } : {}), ...(actions.length > 0 ? { actions } : {}) };
  return asJson({ type, timestamp, sequence, data, ...more, ...(sample ? { sample } : {}) });
}
