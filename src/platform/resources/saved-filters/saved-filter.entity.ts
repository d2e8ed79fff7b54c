import { Column, Entity } from 'typeorm';
import { Json, Text } from '../../contract/fields.js';
import { Resource } from '../../contract/shapes.js';
import { Owned } from '../../database/owned.js';
import { LONGEST_SEARCH, MOST_SORT_KEYS } from '../../projection/asked-rows.js';

@Entity('saved_filters')
@Resource('A filter of a list that was saved under a name, to be used again by its id.')
export class SavedFilter extends Owned {
  @Column('text')
  @Text({
    max: 200,
    filter: 'scan',
    sort: 'scan',
    description: 'What it is called. No two have the same name, whatever its case.',
    example: 'Active',
  })
  name!: string;

  @Column('text')
  @Text({
    max: 60,
    filter: 'scan',
    description: 'The list that it is for, by its name in addresses.',
    example: 'webhooks',
  })
  list!: string;

  @Column('jsonb')
  @Json({
    description: 'The conditions, as an object like the argument `filter` of that list in GraphQL; `{}` for all rows.',
    example: { status: { eq: 'active' } },
  })
  filter!: Record<string, unknown>;

  @Column('text', { nullable: true })
  @Text({
    max: LONGEST_SEARCH,
    nullable: true,
    description: 'Words to search for, as `q` of that list, if it has one.',
  })
  q!: string | null;

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 60,
    list: MOST_SORT_KEYS,
    defaulted: true,
    description:
      'The order where a request gives none, in the words of `sort` of that list; `-` before one means descending.',
    example: ['-id'],
  })
  sort!: string[];

  @Column('text', { nullable: true })
  @Text({ max: 2_000, nullable: true, description: 'What it is for.' })
  note!: string | null;
}
