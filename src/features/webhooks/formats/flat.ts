import { isData } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';

/** Values below this depth are left as they are: people do not map fields eight levels down by hand. */
const DEEPEST = 8;

/**
 * One object without nesting, for tools in which people map fields by hand (Zapier, n8n, spreadsheets). The event's own
 * fields come first. Names of parts are joined with `_`, as in `snapshot_company` and `links_0_kind`. Action links are
 * called `action_done` and so on. Lists of plain values stay lists.
 */
export function renderFlat({ type, timestamp, sequence, eventId, data, previous, actions, sample }: Notice): Rendered {
  const flat = new Map<string, unknown>([
    ['type', type],
    ['timestamp', timestamp],
    ['sequence', sequence],
    ['eventId', eventId],
    ...(sample ? ([['sample', true]] as const) : []),
  ]);
  for (const [name, value] of Object.entries(data)) spread(flat, flat.has(name) ? `data_${name}` : name, value, 1);
  if (previous) spread(flat, 'previous', previous, 1);
  for (const { name, url } of actions) flat.set(`action_${name}`, url);
  return asJson(Object.fromEntries(flat));
}

function spread(flat: Map<string, unknown>, name: string, value: unknown, depth: number): void {
  const parts = depth < DEEPEST ? partsOf(value) : null;
  if (!parts) return void flat.set(name, value);
  for (const [key, part] of Object.entries(parts)) spread(flat, `${name}_${key}`, part, depth + 1);
}

/** The parts of an object, or of a list that contains objects; null for a plain value. */
function partsOf(value: unknown): Data | null {
  if (Array.isArray(value)) return value.some(isData) ? Object.fromEntries(Object.entries(value)) : null;
  return isData(value) && Object.keys(value).length > 0 ? value : null;
}
