import { Id, Text, TimeZone } from '../../platform/contract/fields.js';
import { Shape } from '../../platform/contract/shapes.js';

@Shape('The account and the key of the request, for testing and labelling a connection.')
export class Me {
  @Id({ description: 'The account.' })
  accountId!: string;

  @Text({ max: 200, description: 'The name of the account.', example: 'My career' })
  accountName!: string;

  @TimeZone({
    description: 'The IANA time zone in which days and times of day are calculated.',
    example: 'Europe/Berlin',
  })
  timeZone!: string;

  @Id({ nullable: true, description: 'The key; null when the request came without one.' })
  keyId!: string | null;

  @Text({ max: 200, nullable: true, description: 'What the key is for.', example: 'Zapier' })
  keyName!: string | null;

  @Text({ max: 20, nullable: true, description: 'The first characters of its secret.', example: 'kith_4Q0Yv' })
  keyPrefix!: string | null;

  @Text({ max: 60, list: 50, description: 'The scopes of the key.', example: ['contacts:read', 'webhooks:*'] })
  scopes!: string[];
}
