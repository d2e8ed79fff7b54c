import { Integer } from '../../../platform/contract/fields.js';
import type { Computed, RowSql } from '../../../platform/contract/recipes.js';
import { Shape } from '../../../platform/contract/shapes.js';

/** So many times one recruiter can be parked. */
export const MOST_CHECK_BACKS = 1_000;

const count = { min: 0, max: MOST_CHECK_BACKS };

@Shape('How many check-backs of a recruiter are in each state.')
export class CheckBackCounts {
  @Integer({ ...count, description: 'They came back in time.' })
  kept!: number;

  @Integer({ ...count, description: 'They came back too early, and are still expected: at most one.' })
  early!: number;

  @Integer({ ...count, description: 'They did not come back in time.' })
  missed!: number;

  @Integer({ ...count, description: 'They are expected: at most one.' })
  open!: number;

  @Integer({ ...count, description: 'They were not expected any more.' })
  waived!: number;
}

const such = (states: string): string => `count(*) filter (where k.state in (${states}))`;
const ofRecruiter = ({ alias, account }: RowSql): string =>
  `from check_backs k where k.account_id = ${account()} and k.recruiter_id = ${alias}.id`;

export const checkBackCountsSql: Computed = (row) => `
  (select jsonb_build_object('kept', ${such(`'kept'`)}, 'early', ${such(`'early'`)}, 'missed', ${such(`'missed'`)},
    'open', ${such(`'open'`)}, 'waived', ${such(`'waived'`)}) ${ofRecruiter(row)})`;

/** Laplace's rule of succession: one of each is added, so that nobody is at 0 or 1 after one check-back. */
export const reliabilitySql: Computed = (row) => `
  (select round((${such(`'kept'`)} + 1)::numeric / (${such(`'kept', 'missed'`)} + 2), 3) ${ofRecruiter(row)})`;
