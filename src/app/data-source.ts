import { Foundation1764000000001 } from '../../migrations/0001-foundation.js';
import { Account } from '../features/accounts/account.entity.js';
import { ApiKey } from '../features/accounts/api-key.entity.js';

/** Every entity, for TypeORM. */
export const entities = [Account, ApiKey];

/** Every migration, in order. */
export const migrations = [Foundation1764000000001];
