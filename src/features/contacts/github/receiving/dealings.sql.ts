import type { Statement } from '../../../../platform/database/tx.js';
import type { Page } from './place.js';

/** The contact with a profile at GitHub: one that is there before one in the trash. */
export interface Profiled {
  readonly id: string;
  readonly isDeleted: boolean;
}

/** @param handle as `profile_handles` writes it: `github:octocat` */
export function contactWithProfile(accountId: string, handle: string): Statement {
  return {
    text: `select c.id, c.deleted_at is not null as "isDeleted" from contacts c
      where c.account_id = $1 and profile_handles(c.links) && array[$2] order by c.deleted_at is not null, c.id limit 1`,
    values: [accountId, handle],
  };
}

/** The encounter of a pull request or an issue at GitHub, whoever logged it. GitHub tells projects apart without case. */
export function encounterAt(accountId: string, { project, number }: Page): Statement {
  return {
    text: `select e.id from encounters e where e.account_id = $1 and lower(e.project) = lower($2) and e.number = $3
      and e.url ~* '^https?://(www[.])?github[.]com/' order by e.id limit 1`,
    values: [accountId, project, number],
  };
}
