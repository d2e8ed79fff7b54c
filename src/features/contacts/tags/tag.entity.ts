import { Column, Entity } from 'typeorm';
import { Integer, Label } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

const MANY = 2 ** 31 - 1;

/** The database adds a tag with the first contact that carries it, and removes it with the last. */
@Entity('tags')
@Resource('A tag that contacts carry. It is there for as long as one of them is not in the trash. Case matters.')
export class Tag extends Owned {
  @Column('text')
  @Label({
    max: 50,
    filter: true,
    sort: true,
    description: 'The tag, as contacts show it in `tags`.',
    example: 'typescript',
  })
  name!: string;

  @Integer({
    min: 0,
    max: MANY,
    filter: 'scan',
    sort: 'scan',
    computed: ({ alias, account }) =>
      `(select count(*)::int from contact_tags l where l.account_id = ${account()} and l.tag_id = ${alias}.id)`,
    description: 'How many contacts carry it. Those in the trash do not count.',
  })
  contactCount!: number;
}
