import { Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller, NeedsAnyKey } from '../../platform/auth/needs.js';
import { SelectedObject } from '../../platform/resources/selection.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView, PageView } from '../../platform/projection/view.js';
import { ArgId, ArgInput, ListsPage, MakesShape, Mutates, ReadsOne } from '../../platform/resources/graphql-answers.js';
import { SelectedPage } from '../../platform/resources/selection.js';
import { Account, NewAccount } from './account.entity.js';
import { CreateAccountInput, CreateApiKeyInput, UpdateAccountInput } from './account.inputs.js';
import { AccountsService } from './accounts.service.js';
import { ApiKey, ApiKeyWithSecret } from './api-key.entity.js';
import { InstallationService } from './installation.service.js';
import { KeysService } from './keys.service.js';
import { Me } from './me.shape.js';

@Resolver(() => Account)
export class AccountsResolver {
  constructor(
    private readonly accounts: AccountsService,
    private readonly keys: KeysService,
    private readonly installation: InstallationService,
  ) {}

  @ReadsOne(Account, { name: 'account', needs: 'account:read', own: true, description: 'The account of this key.' })
  account(@Caller() actor: Actor, @SelectedObject(Account) view: ObjectView): Promise<JsonText> {
    return this.accounts.one(actor, view);
  }

  @Query(() => Me, {
    name: 'me',
    description: 'The account and the key of this request, for testing a connection. Any key.',
  })
  @NeedsAnyKey()
  me(@Caller() actor: Actor): Promise<Me> {
    return this.accounts.me(actor);
  }

  @Mutates(Account, {
    name: 'updateAccount',
    own: true,
    needs: 'account:write',
    description: 'Change the settings of the account.',
  })
  updateAccount(
    @Caller() actor: Actor,
    @ArgInput(UpdateAccountInput) input: UpdateAccountInput,
    @SelectedObject(Account) view: ObjectView,
  ): Promise<JsonText> {
    return this.accounts.update(actor, input, view);
  }

  @MakesShape(NewAccount, {
    name: 'createAccount',
    needs: 'installation:write',
    description: 'Create another account in this installation; only for its operator.',
  })
  createAccount(@Caller() actor: Actor, @ArgInput(CreateAccountInput) input: CreateAccountInput): Promise<NewAccount> {
    return this.installation.createAccount(actor, input);
  }

  @ReadsOne(ApiKey, { name: 'key', needs: 'keys:read', description: 'Read one key, without its secret.' })
  key(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(ApiKey) view: ObjectView): Promise<JsonText> {
    return this.keys.one(actor, id, view);
  }

  @ListsPage(ApiKey, { name: 'keys', needs: 'keys:read' })
  page(@Caller() actor: Actor, @SelectedPage(ApiKey) view: PageView): Promise<JsonText> {
    return this.keys.page(actor, view);
  }

  @MakesShape(ApiKeyWithSecret, {
    name: 'createKey',
    needs: 'keys:write',
    description: 'Create a key; its secret is shown once.',
  })
  createKey(@Caller() actor: Actor, @ArgInput(CreateApiKeyInput) input: CreateApiKeyInput): Promise<ApiKeyWithSecret> {
    return this.keys.create(actor, input);
  }

  @Mutates(ApiKey, {
    name: 'revokeKey',
    needs: 'keys:write',
    description: 'Revoke a key, immediately and permanently.',
  })
  revokeKey(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(ApiKey) view: ObjectView): Promise<JsonText> {
    return this.keys.revoke(actor, id, view);
  }
}
