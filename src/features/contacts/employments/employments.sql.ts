import type { Statement } from '../../../platform/database/tx.js';
import type { Employment } from './employment.entity.js';

/** How many jobs a contact has, or with null oneself. */
export function countOfJobs(accountId: string, contactId: string | null): Statement {
  const whose = contactId === null ? 'contact_id is null' : 'contact_id = $2';
  return {
    text: `select count(*)::int as count from employments where account_id = $1 and ${whose}`,
    values: [accountId, ...(contactId === null ? [] : [contactId])],
  };
}

export type KnownJob = Pick<Employment, 'id' | 'companyKey' | 'title' | 'startedOn' | 'endedOn'>;

/** A contact has some hundred jobs at most, so this is all of them at these companies; locked. */
const MOST_OF_ONE = 500;

/** The jobs of a contact at these companies, by their keys. */
export function jobsAt(accountId: string, contactId: string, keys: readonly string[]): Statement {
  return {
    text: `select id, company_key as "companyKey", title, started_on::text as "startedOn", ended_on::text as "endedOn" from employments
      where account_id = $1 and contact_id = $2 and company_key = any($3::text[]) order by id desc limit ${MOST_OF_ONE} for update`,
    values: [accountId, contactId, keys],
  };
}
