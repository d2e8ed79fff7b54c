import { Id, Text, TimeZone } from '../../platform/contract/fields.js';
import { Shape } from '../../platform/contract/shapes.js';

@Shape('Who asks: the account and the key, for trying a connection and giving it a name.')
export class Me {
  @Id({ description: 'The account.' })
  accountId!: string;

  @Text({ max: 200, description: 'What the account is called.', example: 'My career' })
  accountName!: string;

  @TimeZone({ description: 'The IANA time zone of all calendar arithmetic.', example: 'Europe/Berlin' })
  timeZone!: string;

  @Id({ nullable: true, description: 'The key; null when the request came without one.' })
  keyId!: string | null;

  @Text({ max: 200, nullable: true, description: 'What the key is for.', example: 'Zapier' })
  keyName!: string | null;

  @Text({ max: 20, nullable: true, description: 'The beginning of its secret.', example: 'kith_4Q0Yv' })
  keyPrefix!: string | null;

  @Text({ max: 60, list: 50, description: 'What it may do.', example: ['contacts:read', 'webhooks:*'] })
  scopes!: string[];
}
