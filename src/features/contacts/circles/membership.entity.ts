import { Column, Entity } from 'typeorm';
import { Choice, Id, LocalDate, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

export const MEMBER_ROLES = ['member', 'contributor', 'maintainer', 'organiser', 'moderator', 'founder'] as const;

@Entity('memberships')
@Resource('A contact in a circle, with the name that the contact has there.')
export class Membership extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The circle.' })
  circleId!: string;

  @Column('uuid')
  @Id({ filter: true, description: 'The contact. A contact is in a circle once.' })
  contactId!: string;

  @Column('text', { nullable: true })
  @Text({
    max: 100,
    nullable: true,
    filter: 'scan',
    search: true,
    description: 'What they are called there: a nickname, a user name.',
    example: 'ada#1815',
  })
  handle!: string | null;

  @Column('text', { default: 'member' })
  @Choice({
    name: 'MemberRole',
    values: MEMBER_ROLES,
    defaulted: true,
    filter: 'scan',
    description: 'What they do there.',
  })
  role!: (typeof MEMBER_ROLES)[number];

  @Column('date', { nullable: true })
  @LocalDate({ nullable: true, description: 'Since when they are there.', example: '2024-05-01' })
  since!: string | null;
}
