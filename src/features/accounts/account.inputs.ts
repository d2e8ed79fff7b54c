import { Input } from '../../platform/contract/shapes.js';
import { partial, pick } from '../../platform/contract/recipes.js';
import { Account } from './account.entity.js';
import { ApiKey } from './api-key.entity.js';

@Input('What can be changed of an account.')
export class UpdateAccountInput extends partial(
  pick(Account, [
    'name',
    'timeZone',
    'dayStartsAt',
    'checkBackPeriod',
    'availability',
    'openFrom',
    'innerEvery',
    'closeEvery',
    'wideEvery',
    'dormantEvery',
    'quietFrom',
    'quietUntil',
    'quietWeekdays',
    'digest',
    'digestWeekday',
    'phoneRegion',
    'keepMessageTexts',
  ]),
) {}

@Input('A new account. Its time zone is that of the server by default.')
export class CreateAccountInput extends pick(Account, ['name', 'timeZone']) {}

@Input('A new key.')
export class CreateApiKeyInput extends pick(ApiKey, ['name', 'scopes', 'expiresAt']) {}
