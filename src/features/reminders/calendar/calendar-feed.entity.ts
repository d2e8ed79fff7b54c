import { Column, Entity } from 'typeorm';
import { Choice, Text } from '../../../platform/contract/fields.js';
import { pick } from '../../../platform/contract/recipes.js';
import { Resource, Shape } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';
import { allLenses } from '../kinds.service.js';
import { staysHome } from '../../../platform/contract/transfers.js';

@Entity('calendar_feeds')
@Resource('A calendar of what is due, for programs that subscribe to an address. It opens this one thing and no more.')
export class CalendarFeed extends Owned {
  @Column('text')
  @Text({ max: 200, filter: 'scan', description: 'The name that calendar programs show.', example: 'Kith' })
  name!: string;

  @Column('text', { default: 'all' })
  @Choice({
    name: 'CalendarLens',
    values: allLenses(),
    defaulted: true,
    filter: 'scan',
    description: 'Which reminders it shows: all, or one group of kinds.',
  })
  lens!: string;

  /** SHA-256 of the token in the address: 32 random bytes need no slow hash. */
  @Column('bytea')
  tokenHash!: Buffer;

  /** The key that gave the address. The address opens nothing once that key may no longer read reminders; null for addresses of earlier releases. */
  @Column('uuid', { nullable: true })
  keyId!: string | null;
}

@Shape('A calendar with its secret address, which is never shown again.')
export class CalendarFeedWithUrl extends pick(CalendarFeed, ['id', 'name', 'lens', 'createdAt']) {
  @Text({
    max: 2_000,
    description: 'The address to subscribe to. Store it now: only its hash is kept.',
    example: 'https://kith.example.com/calendars/0123456789abcdefghijklmnopqrstuvwxyzABCDEFG.ics',
  })
  url!: string;
}

staysHome('Secret addresses of this installation.', 'calendar_feeds');
