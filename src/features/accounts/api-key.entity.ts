import { Column, Entity } from 'typeorm';
import { Instant, Text } from '../../platform/contract/fields.js';
import { Resource, Shape } from '../../platform/contract/shapes.js';
import { pick } from '../../platform/contract/recipes.js';
import { Owned } from '../../platform/database/owned.js';
import { staysHome } from '../../platform/contract/transfers.js';

/** `noun:read`, `noun:write`, `noun:*` or `*`. */
const SCOPE = /^(\*|[a-z][a-zA-Z]*:(read|write|\*))$/;

@Entity('api_keys')
@Resource('A key for the API, limited to its scopes. Its secret is shown once, when it is created.', { plural: 'keys' })
export class ApiKey extends Owned {
  @Column('text')
  @Text({ max: 200, filter: 'scan', description: 'What the key is for.', example: 'Laptop' })
  name!: string;

  @Column('text')
  @Text({ max: 20, description: 'The first characters of the secret, to recognise the key.', example: 'kith_4Q0Yv' })
  prefix!: string;

  /** SHA-256 of the whole secret. A slow hash is unnecessary for 32 random bytes. */
  @Column('bytea')
  secretHash!: Buffer;

  @Column('text', { array: true })
  @Text({
    max: 60,
    list: 50,
    pattern: { regexp: SCOPE, hint: 'must be noun:read, noun:write, noun:* or *' },
    description: 'What the key may do: `noun:read`, `noun:write`, `noun:*`, or `*` for everything.',
    example: ['contacts:read', 'reminders:*'],
  })
  scopes!: string[];

  @Column('timestamptz', { nullable: true })
  @Instant({
    nullable: true,
    description:
      'When the key expires; null for never. A key that expires makes only keys that expire no later; left out, they expire with it.',
  })
  expiresAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, filter: 'scan', description: 'When it was revoked.' })
  revokedAt!: Date | null;
}

@Shape('A new key with its secret, which is never shown again.')
export class ApiKeyWithSecret extends pick(ApiKey, ['id', 'name', 'prefix', 'scopes', 'expiresAt', 'createdAt']) {
  @Text({
    max: 100,
    description: 'The secret. Keep it now: only its hash is stored.',
    example: 'kith_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG',
  })
  secret!: string;
}

staysHome('Keys open this installation.', 'api_keys');
