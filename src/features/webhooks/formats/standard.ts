import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';

/** The body that Standard Webhooks asks for. Whole ones leave as the log's own text and do not come here: thin ones do. */
export function renderStandard({ type, timestamp, sequence, data, previous, sample }: Notice): Rendered {
  return asJson({ type, timestamp, sequence, data, ...(previous ? { previous } : {}), ...(sample ? { sample } : {}) });
}
