import { inZone } from '../../../kit/instants.js';
import { html, page } from '../../../platform/pages/html.js';
import type { Html } from '../../../platform/pages/html.js';
import type { LinkedRing } from './actions.sql.js';
import type { Followed } from './actions.service.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Why a ring needs no answer, and what can be done now. */
const ANSWERED: Readonly<Record<string, readonly [was: string, now: string]>> = {
  done: ['It was marked as done', 'A link acts once. To have it ring again, give the reminder a new time.'],
  snoozed: ['It was put off', 'A link acts once. When it rings again, it brings new links.'],
  dismissed: ['It was dismissed', 'A link acts once. To have it ring again, give the reminder a new time.'],
  missed: ['Its next ring came before an answer', 'Answer that one: use the links that came with it.'],
};

/** The page that a link shows first. Opening it changes nothing, because scanners of mail and chat open every link. */
export function confirmPage({ ring, action }: Followed): string {
  if (ring.state !== 'open' && ring.state !== 'scheduled') return answeredPage(ring);
  return page(
    `Kith: ${action.title}`,
    html`<h1>${action.question}</h1>
      ${described(ring)}
      <form method="post">
        <button type="submit">${action.title}</button>
      </form>
      <p class="lead">Nothing happens until you press the button.</p>`,
  );
}

export function donePage({ ring, action }: Followed, snoozedUntil: Date | null): string {
  return page(
    `Kith: ${action.title}`,
    html`<p class="state good">Thank you</p>
      <h1>${action.title}: noted</h1>
      ${described({ ...ring, snoozedUntil })}
      <p class="lead">You can close this page.</p>`,
  );
}

export function answeredPage(ring: LinkedRing): string {
  const [was, now] = ANSWERED[ring.state] ?? [`It is ${ring.state}`, 'Its links do nothing more.'];
  const when = ring.answeredAt ? html` on ${dayOf(ring.answeredAt, ring.timeZone)}` : html``;
  return page(
    'Kith: answered already',
    html`<h1>Answered already</h1>
      ${described(ring)}
      <p class="lead">${was}${when}. ${now}</p>`,
  );
}

export function deadPage(reason: string): string {
  return page(
    'Kith: no such link',
    html`<h1>Nothing to answer here</h1>
      <p>${reason}</p>
      <p class="lead">
        Look for the newest message of this reminder and use the links in it. If the address was copied, copy all of it.
      </p>`,
  );
}

export function laterPage(reason: string): string {
  return page(
    'Kith: later',
    html`<h1>Too often for now</h1>
      <p>${reason}</p>`,
  );
}

function described({ title, dueAt, snoozedUntil, timeZone }: LinkedRing): Html {
  const again = html`<dt>Rings again</dt>
    <dd>${snoozedUntil ? dayOf(snoozedUntil, timeZone) : ''}</dd>`;
  return html`<dl>
    <dt>Reminder</dt>
    <dd>${title}</dd>
    <dt>Due</dt>
    <dd>${dayOf(dueAt, timeZone)} (${timeZone})</dd>
    ${snoozedUntil ? again : html``}
  </dl>`;
}

/** `Mon 2026-03-02, 10:00`, in the given time zone. */
function dayOf(instant: Date, timeZone: string): string {
  const wall = inZone(instant, timeZone);
  const time = wall.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return `${DAYS[wall.dayOfWeek - 1] ?? ''} ${time.replace('T', ', ')}`;
}
