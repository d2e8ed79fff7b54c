import { cutText } from '../../kit/cut-text.js';
import { declareKind } from '../reminders/kinds.service.js';
import { Contact } from './contact.entity.js';

/** Completing its ring logs the touch, and the touch moves the next one. */
export const KEEP_IN_TOUCH = declareKind({
  name: 'keep_in_touch',
  subject: Contact,
  title: ({ name }) => keepInTouchTitle(String(name)),
  lens: 'touches',
  done: { name: 'log_touch', title: 'Log a touch' },
});

/** Completing its ring logs the touch. Its title says what for; whoever keeps it lets it follow the name. */
export const FOLLOW_UP = declareKind({
  name: 'follow_up',
  subject: Contact,
  lens: 'touches',
  done: { name: 'log_touch', title: 'Log a touch' },
});

export function followUpTitle(name: string): string {
  return cutText(`Follow up with ${name}`, 200);
}

/** What for: `merging fastify/fastify#4711`. */
export function thanksTitle(name: string, whatFor: string): string {
  return cutText(`Thank ${name} for ${whatFor}`, 200);
}

export function keepInTouchTitle(name: string): string {
  return cutText(`Keep in touch with ${name}`, 200);
}
