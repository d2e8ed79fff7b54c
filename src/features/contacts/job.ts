import { companyKey } from '../../kit/company-name.js';
import { fold } from '../../kit/fold.js';
import type { Contact } from './contact.entity.js';

export type Job = Pick<Contact, 'company' | 'title'>;

/** Whether somebody works elsewhere than before. What was not known before, or is not known now, says nothing. */
export function isElsewhere(before: Job, after: Job): boolean {
  if (before.company === null || after.company === null) return false;
  return companyKey(before.company) !== companyKey(after.company);
}

/** Whether somebody has another title than before, not only another spelling of it. */
export function isOtherRole(before: Job, after: Job): boolean {
  if (before.title === null || after.title === null) return false;
  return fold(before.title) !== fold(after.title);
}
