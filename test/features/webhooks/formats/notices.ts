import '../../../../src/app/app.module.js';
import { written } from '../../../../src/features/webhooks/formats/formats.js';
import type { Format } from '../../../../src/features/webhooks/formats/formats.js';
import { thinned } from '../../../../src/features/webhooks/formats/thin.js';
import type { EventAction } from '../../../../src/platform/events/event-actions.js';
import type { Notice } from '../../../../src/features/webhooks/formats/message.js';
import type { Data } from '../../../../src/kit/words.js';

export const RING: Data = {
  id: '01977f2e-6c00-7000-8000-0000000000aa',
  reminderId: '01977f2e-6c00-7000-8000-0000000000ab',
  title: 'Keep in touch with Ada <&> *Lovelace*',
  dueAt: '2026-03-02T08:00:00.000Z',
  state: 'open',
  late: true,
  missedCount: 2,
  snapshot: { name: 'Ada', company: 'Analytical Engines', links: [{ kind: 'github', value: 'ada' }] },
};

export function notice(over: Partial<Notice> = {}): Notice {
  return {
    id: '01977f2e-6c00-7000-8000-000000000001',
    eventId: '01977f2e-6c00-7000-8000-000000000002',
    type: 'reminder.due',
    timestamp: '2026-03-05T09:30:00.000Z',
    sequence: 17,
    data: RING,
    previous: null,
    actions: [],
    sample: false,
    timeZone: 'Europe/Berlin',
    ...over,
  };
}

/** A link to act by. */
export function link(name: string, title: string, url = `https://kith.example/actions/x/${name}`): EventAction {
  return { name, title, method: 'POST', url, expiresAt: '2026-04-04T09:30:00.000Z' };
}

/** What a format makes of a notice, read back. */
export function shown(format: Exclude<Format, 'template'>, given: Notice, thin = false): Record<string, unknown> {
  return JSON.parse(written(format, thin ? thinned(given) : given).body) as Record<string, unknown>;
}
