import { Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import type { Statement } from '../../../platform/database/tx.js';
import { Projection } from '../../../platform/projection/projection.js';
import { editedSql } from '../edited.sql.js';
import type { Tag } from './tag.entity.js';

/** The contacts with a tag in the order of their ids, up to a bound; locked. Those in the trash may come back with it. */
export function taggedContacts(accountId: string, name: string, most: number): Statement {
  return {
    text: 'select id from contacts where account_id = $1 and tags @> array[$2::text] order by id limit $3 for update',
    values: [accountId, name, most],
  };
}

/** Those of a tag that is known by its id. */
export function taggedWith(accountId: string, tagId: string, most: number): Statement {
  const found = 'from tags t where t.account_id = $1 and t.id = $2';
  return {
    text: `select id from contacts where account_id = $1 and exists (select ${found}) and tags @> array(select t.name ${found})
      order by id limit $3 for update`,
    values: [accountId, tagId, most],
  };
}

/** Tags in the order of their names, as the database locks them when a contact is written; locked. */
export function lockedTags(accountId: string, ids: readonly string[]): Statement {
  return {
    text: 'select id, name from tags where account_id = $1 and id = any($2::uuid[]) order by name for update',
    values: [accountId, ids],
  };
}

/** The tag of a name, not locked: it is only told of. */
export function tagNamed(accountId: string, name: string): Statement {
  return { text: 'select id, name from tags where account_id = $1 and name = $2', values: [accountId, name] };
}

/** What is needed of a tag. */
export type Named = Pick<Tag, 'id' | 'name'>;

interface Retagged {
  readonly ids: readonly string[];
  readonly from: string;
  /** Null takes the tag away. */
  readonly to: string | null;
}

/** Puts a tag in the place of another on many contacts, or takes it away. */
@Injectable()
export class RetagStatement {
  private readonly statement: SystemStatement<Readonly<Record<keyof Retagged, unknown>>>;

  constructor(projection: Projection) {
    this.statement = new SystemStatement((sql) => {
      const [from, to] = [sql.value('from', 'text'), sql.value('to', 'text')];
      // Where a contact carries both, the first place counts.
      const tags = `array(select x.name from (
          select case when u.name = ${from} then ${to} else u.name end as name, min(u.n) as n
          from unnest(c.tags) with ordinality u(name, n) group by 1) x where x.name is not null order by x.n)`;
      return {
        parts: editedSql(sql, projection, [`tags = ${tags}`]),
        answer: 'select count(*)::int as told from event',
      };
    });
  }

  of(accountId: string, retagged: Retagged, clock: Clock): Statement {
    return this.statement.bind({ ...retagged }, clock, accountId);
  }
}
