import { cutText } from '../../kit/cut-text.js';
import { declareKind } from '../reminders/kinds.service.js';
import { Recruiter } from './recruiter.entity.js';

/** The reminder to check back with a parked recruiter. */
export const CHECK_BACK = declareKind({ name: 'check_back', subject: Recruiter, lens: 'check_backs' });

export function checkBackTitle(name: string | null): string {
  return cutText(`Check back with ${name ?? 'a recruiter'}`, 200);
}
