import { Column, Entity } from 'typeorm';
import { Flag, Id, Text } from '../../../platform/contract/fields.js';
import { pick } from '../../../platform/contract/recipes.js';
import { Resource, Shape } from '../../../platform/contract/shapes.js';
import { staysHome } from '../../../platform/contract/transfers.js';
import { Owned } from '../../../platform/database/owned.js';
import type { SealedHookSecret } from './hook-secrets.js';

/** The letters of a GitHub login. Those of managed users end with `_` and the short name of their company. */
export const LOGIN = /^[A-Za-z\d][A-Za-z\d_-]{0,99}$/;

@Entity('github_hooks')
@Resource('An address to which GitHub delivers reviews, comments and merges, which are logged.')
export class GithubHook extends Owned {
  @Column('text')
  @Text({
    max: 100,
    filter: 'scan',
    pattern: { regexp: LOGIN, hint: 'must be a GitHub login without @, such as octocat' },
    description: 'Your own login at GitHub: what is logged is what others do with you, and you with them.',
    example: 'octocat',
  })
  login!: string;

  @Column('text', { nullable: true })
  @Text({
    max: 200,
    nullable: true,
    description: 'Which repository or organisation delivers to it.',
    example: 'fastify/fastify',
  })
  description!: string | null;

  @Column('boolean', { default: true })
  @Flag({
    defaulted: true,
    description:
      'Whether somebody who is none of your contacts becomes one. False: only what happens with your contacts is logged. Default true.',
  })
  addsContacts!: boolean;

  @Column('uuid', { nullable: true })
  @Id({
    nullable: true,
    description:
      'The key that made it or its newest secret. Nothing is logged once that key has ended, or may no longer write contacts.',
  })
  keyId!: string | null;

  /** Newest first, each sealed for this row. */
  @Column('jsonb', { default: [] })
  secrets!: SealedHookSecret[];
}

@Shape('A GitHub hook with its address and its newest secret, which is shown only once.')
export class GithubHookWithSecret extends pick(GithubHook, [
  ...(['id', 'createdAt', 'updatedAt', 'version'] as const),
  ...(['login', 'description', 'addsContacts', 'keyId'] as const),
]) {
  @Text({
    max: 2_000,
    description: 'The payload URL to enter at GitHub.',
    example: 'https://kith.example.com/v1/inbound/github/01977f2e-6c00-7000-8000-0123456789ab',
  })
  url!: string;

  @Text({
    max: 100,
    description: 'The secret to enter at GitHub, which signs what it delivers. Store it now: it is not shown again.',
    example: 'C2FVsBQIhrscChlQIMV-b5sSYspob7oDC2FVsBQIhrs',
  })
  secret!: string;
}

staysHome('Addresses of this installation, with secrets that its keys have sealed.', 'github_hooks');
