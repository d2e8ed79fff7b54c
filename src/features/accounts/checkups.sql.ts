import type { Statement } from '../../platform/database/tx.js';

/** Takes a check-up that a migration asked for, for as long as it may take; says when another worker has it. */
export function claimCheckup(): Statement {
  return {
    text: `with claimed as (update checkups set leased_until = now() + interval '10 minutes'
        where id = (select id from checkups where leased_until is null or leased_until < now() order by id limit 1 for update skip locked)
        returning id)
      select c.id, c.id in (select id from claimed) as claimed from checkups c order by claimed desc limit 1`,
    values: [],
  };
}

export function checkupDone(id: string): Statement {
  return { text: `delete from checkups where id = $1`, values: [id] };
}
