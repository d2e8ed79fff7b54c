import { Integer } from '../../../platform/contract/fields.js';
import type { Computed } from '../../../platform/contract/recipes.js';
import { Shape } from '../../../platform/contract/shapes.js';

/** So many favours can be noted of one contact. */
export const MOST_FAVOURS = 1_000;

const count = { min: 0, max: MOST_FAVOURS };

@Shape('Who did how much for whom.')
export class FavourBalance {
  @Integer({ ...count, description: 'The favours that you did for them.' })
  given!: number;

  @Integer({ ...count, description: 'The favours that they did for you, whether you asked or not.' })
  received!: number;

  @Integer({ ...count, description: 'The favours that are still to be done, by either of you.' })
  open!: number;
}

export const favourBalanceSql: Computed = ({ alias, account }) => `
  (select jsonb_build_object('given', count(*) filter (where f.state = 'done' and f.direction = 'given'),
    'received', count(*) filter (where f.state = 'done' and f.direction <> 'given'), 'open', count(*) filter (where f.state = 'open'))
  from favours f where f.account_id = ${account()} and f.contact_id = ${alias}.id)`;
