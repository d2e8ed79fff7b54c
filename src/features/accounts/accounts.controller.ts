import { Body, Controller, Get, applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller, NeedsAnyKey } from '../../platform/auth/needs.js';
import { schemaReference } from '../../platform/contract/json-schema.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView, PageView } from '../../platform/projection/view.js';
import { TakesNoQuery } from '../../platform/resources/no-query.js';
import { Acts, CreatesShape, Lists, Patches, PathId, Reads } from '../../platform/resources/answers.js';
import { SeenObject, SeenPage } from '../../platform/resources/rest-view.js';
import { Account, NewAccount } from './account.entity.js';
import { CreateAccountInput, CreateApiKeyInput, UpdateAccountInput } from './account.inputs.js';
import { AccountsService } from './accounts.service.js';
import { ApiKey, ApiKeyWithSecret } from './api-key.entity.js';
import { InstallationService } from './installation.service.js';
import { KeysService } from './keys.service.js';
import { Me } from './me.shape.js';

@ApiTags('Account')
@Controller('v1/account')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Reads(Account, { needs: 'account:read', operation: 'getAccount', summary: 'Read the account of this key.' })
  one(@Caller() actor: Actor, @SeenObject(Account) view: ObjectView): Promise<JsonText> {
    return this.accounts.one(actor, view);
  }

  @Patches(Account, UpdateAccountInput, {
    needs: 'account:write',
    own: true,
    operation: 'updateAccount',
    summary: 'Change the settings of the account.',
  })
  update(
    @Caller() actor: Actor,
    @Body() input: UpdateAccountInput,
    @SeenObject(Account) view: ObjectView,
  ): Promise<JsonText> {
    return this.accounts.update(actor, input, view);
  }
}

const ShowsMe = (): MethodDecorator =>
  applyDecorators(
    Get(),
    TakesNoQuery(),
    NeedsAnyKey(),
    ApiOperation({
      operationId: 'getMe',
      summary: 'Read the account and the key of this request, for testing a connection.',
      description: 'Any key.',
    }),
    ApiResponse({ status: 200, description: 'The account and the key.', schema: schemaReference(Me) }),
  );

@ApiTags('Account')
@Controller('v1/me')
export class MeController {
  constructor(private readonly accounts: AccountsService) {}

  @ShowsMe()
  me(@Caller() actor: Actor): Promise<Me> {
    return this.accounts.me(actor);
  }
}

@ApiTags('Account')
@Controller('v1/accounts')
export class InstallationController {
  constructor(private readonly installation: InstallationService) {}

  @CreatesShape(NewAccount, CreateAccountInput, {
    needs: 'installation:write',
    operation: 'createAccount',
    summary: 'Create another account in this installation; only for its operator.',
  })
  create(@Caller() actor: Actor, @Body() input: CreateAccountInput): Promise<NewAccount> {
    return this.installation.createAccount(actor, input);
  }
}

@ApiTags('Keys')
@Controller('v1/keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Lists(ApiKey, { needs: 'keys:read', operation: 'listKeys', summary: 'List keys, without their secrets.' })
  page(@Caller() actor: Actor, @SeenPage(ApiKey) view: PageView): Promise<JsonText> {
    return this.keys.page(actor, view);
  }

  @Reads(ApiKey, { path: ':id', needs: 'keys:read', operation: 'getKey', summary: 'Read one key, without its secret.' })
  one(@Caller() actor: Actor, @PathId() id: string, @SeenObject(ApiKey) view: ObjectView): Promise<JsonText> {
    return this.keys.one(actor, id, view);
  }

  @CreatesShape(ApiKeyWithSecret, CreateApiKeyInput, {
    needs: 'keys:write',
    operation: 'createKey',
    summary: 'Create a key; its secret is shown once.',
  })
  create(@Caller() actor: Actor, @Body() input: CreateApiKeyInput): Promise<ApiKeyWithSecret> {
    return this.keys.create(actor, input);
  }

  @Acts(ApiKey, null, {
    path: ':id/revocation',
    needs: 'keys:write',
    operation: 'revokeKey',
    summary: 'Revoke a key, immediately and permanently.',
  })
  revoke(@Caller() actor: Actor, @PathId() id: string, @SeenObject(ApiKey) view: ObjectView): Promise<JsonText> {
    return this.keys.revoke(actor, id, view);
  }
}
