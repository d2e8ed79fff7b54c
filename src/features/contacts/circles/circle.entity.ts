import { Column, Entity } from 'typeorm';
import { faultOfPageUrl } from '../../../kit/url.js';
import { Choice, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

export const CIRCLE_KINDS = ['community', 'open_source', 'meetup', 'chat', 'alumni', 'other'] as const;

@Entity('circles')
@Resource(
  'Where developers meet again and again: a community, an open-source project, a meetup group, a Discord server, the alumni of a company.',
  { restorable: true },
)
export class Circle extends Owned {
  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;

  @Column('text')
  @Text({
    max: 200,
    filter: 'scan',
    sort: true,
    search: 'name',
    description: 'What it is called.',
    example: 'TypeScript Berlin',
  })
  name!: string;

  @Column('text', { default: 'community' })
  @Choice({
    name: 'CircleKind',
    values: CIRCLE_KINDS,
    defaulted: true,
    filter: 'scan',
    description: 'What kind of circle it is.',
  })
  kind!: (typeof CIRCLE_KINDS)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 500,
    nullable: true,
    check: faultOfPageUrl,
    description: 'Its address: a website, a repository, an invitation.',
    example: 'https://typescript.berlin',
  })
  url!: string | null;

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'Notes (Markdown).' })
  notes!: string | null;
}
