import { FAR_COMPANY } from './companies.js';
import { CIRCLES, GATHERINGS } from './gatherings.js';
import type { Story } from './story.js';
import { INTERVIEWS } from './work.js';

/** What to look at, as requests. */
const NEXT: readonly (readonly [what: string, request: string])[] = [
  ['who is due', '$KITH/v1/contacts/due?fields=name,level,urgency'],
  ['who fades, and who was once close', '$KITH/v1/contacts/fading?fields=name,level,lastTouchAt'],
  ['who is warm', '$KITH/v1/contacts?include=warmth&sort=-warmth&first=5&fields=name'],
  ['who may be one person', '$KITH/v1/contacts/duplicates'],
  ['who can introduce you', `$KITH/v1/introductions?company=${encodeURIComponent(FAR_COMPANY)}`],
  ['who worked with you', '$KITH/v1/contacts?filter[coworker][eq]=true&fields=name,company&include=workedTogether'],
  ['recruiters, by the day to check back', '$KITH/v1/recruiters?filter[status][eq]=parked&sort=parkedUntil'],
  ['what rings next', '$KITH/v1/reminders?sort=dueAt&fields=title,dueAt&first=10'],
];

/** What was made, and where to look next. */
export function summaryOf(number: number, { people, guests, recruiters }: Story): string[] {
  const contacts = people.length + guests.length + recruiters.length - 1;
  const touches = people.reduce((sum, person) => sum + person.touches.length, 0);
  const places = `${CIRCLES.length} circles, ${GATHERINGS.length + 1} encounters`;
  const work = `${recruiters.length} recruiters, ${INTERVIEWS.length} interviews`;
  return [
    `Seed ${number}: ${contacts} contacts, ${touches} interactions, ${places}, ${work}. Two contacts were merged, and one changed jobs.`,
    '',
    'Look at next, with the key of the account:',
    '  export KITH=http://127.0.0.1:3000 KEY="authorization: Bearer kith_…"',
    ...NEXT.map(([what, request]) => `  curl -g -H "$KEY" "${request}"   # ${what}`),
  ];
}
