import { inZone } from '../../../kit/instants.js';
import { html, page } from '../../../platform/pages/html.js';
import type { Html } from '../../../platform/pages/html.js';
import type { LinkedRing } from './actions.sql.js';
import type { Followed } from './actions.service.js';

/** The page that a link shows first: whoever only looks, a scanner of mail or chat, sets nothing going. */
export function confirmPage({ ring, action }: Followed): string {
  if (ring.state !== 'open' && ring.state !== 'scheduled') return answeredPage(ring);
  return page(
    `Kith: ${action.title}`,
    html`<h1>${action.question}</h1>
      ${described(ring)}
      <form method="post">
        <button type="submit">${action.title}</button>
      </form>`,
  );
}

export function donePage({ ring, action }: Followed, snoozedUntil: Date | null): string {
  const until = snoozedUntil ? html` until ${dayOf(snoozedUntil, ring.timeZone)}` : html``;
  return page(
    `Kith: ${action.title}`,
    html`<p class="state good">${action.title}: noted${until}</p>
      ${described(ring)}
      <p class="lead">You can close this page.</p>`,
  );
}

export function answeredPage(ring: LinkedRing): string {
  const when = ring.answeredAt ? html` on ${dayOf(ring.answeredAt, ring.timeZone)}` : html``;
  return page(
    'Kith: answered already',
    html`<h1>Answered already</h1>
      ${described(ring)}
      <p class="lead">This ring is ${ring.state}${when}. Its links do nothing more.</p>`,
  );
}

export function deadPage(reason: string): string {
  return page(
    'Kith: no such link',
    html`<h1>This link leads nowhere</h1>
      <p class="lead">${reason}</p>`,
  );
}

function described({ title, dueAt, timeZone }: LinkedRing): Html {
  return html`<dl>
    <dt>Reminder</dt>
    <dd>${title}</dd>
    <dt>Due</dt>
    <dd>${dayOf(dueAt, timeZone)} (${timeZone})</dd>
  </dl>`;
}

/** `2026-03-02, 10:00` on the wall of the zone. */
function dayOf(instant: Date, timeZone: string): string {
  const wall = inZone(instant, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  return wall.replace('T', ', ');
}
