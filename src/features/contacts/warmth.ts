import { Integer } from '../../platform/contract/fields.js';
import type { Computed } from '../../platform/contract/recipes.js';
import { Shape } from '../../platform/contract/shapes.js';

/** So long what is counted goes back. */
const COUNTED = '365 days';
const MOST = 2 ** 31 - 1;

@Shape('What the warmth of a contact is made of: five parts in points, and the counts behind them.')
export class WarmthParts {
  @Integer({ min: 0, max: 30, description: 'How recent the last touch is: 30 points on its day, half after 90 days.' })
  recency!: number;

  @Integer({ min: 0, max: 25, description: 'How many touches there were in 365 days: 25 points for twelve or more.' })
  frequency!: number;

  @Integer({
    min: 0,
    max: 20,
    description: 'How even `received` and `given` are: 20 points times the smaller by the larger.',
  })
  reciprocity!: number;

  @Integer({
    min: 0,
    max: 15,
    description: 'In how many ways you were in touch in 365 days: 5 points each, for three.',
  })
  breadth!: number;

  @Integer({ min: 0, max: 10, description: 'How long you have been in touch: 10 points after five years.' })
  tenure!: number;

  @Integer({ min: 0, max: MOST, description: 'The touches in the last 365 days.' })
  touches!: number;

  @Integer({ min: 0, max: MOST, description: 'Those that came from them: `inbound` and `mutual`.' })
  received!: number;

  @Integer({ min: 0, max: MOST, description: 'Those that came from you: `outbound` and `mutual`.' })
  given!: number;

  @Integer({ min: 0, max: MOST, description: 'The channels of these touches.' })
  channels!: number;

  @Integer({ min: 0, max: MOST, nullable: true, description: 'The days since the last touch; null without one.' })
  silentDays!: number | null;

  @Integer({ min: 0, max: MOST, nullable: true, description: 'The days since the first touch; null without one.' })
  knownDays!: number | null;
}

/** What is counted of a contact: interactions that count as touches and have taken place. */
const countedSql: Computed = ({ alias, now, account }) => {
  const lately = `l.occurred_at > ${now()} - interval '${COUNTED}'`;
  return `(select warmth_of(${now()}, min(l.occurred_at), max(l.occurred_at), count(*) filter (where ${lately}),
      count(*) filter (where ${lately} and i.direction <> 'outbound'), count(*) filter (where ${lately} and i.direction <> 'inbound'),
      count(distinct i.channel) filter (where ${lately}))
    from interaction_contacts l join interactions i on i.account_id = ${account()} and i.id = l.interaction_id
    where l.account_id = ${account()} and l.contact_id = ${alias}.id and l.counts_as_touch and l.occurred_at <= ${now()})`;
};

export const warmthPartsSql: Computed = (row) => `${countedSql(row)} - 'score'`;

export const warmthSql: Computed = (row) => `(${countedSql(row)} ->> 'score')::int`;
