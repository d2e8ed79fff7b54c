import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import {
  ArgId,
  ArgInput,
  MakesShape,
  Mutates,
  MutatesInto,
  Removes,
} from '../../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../../platform/resources/graphql-face.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import { GithubHook, GithubHookWithSecret } from './github-hook.entity.js';
import { CreateGithubHookInput, RotateGithubHookInput, UpdateGithubHookInput } from './github-hook.inputs.js';
import { GithubHooksService } from './github-hooks.service.js';

const needs = 'contacts:write';

@Resolver(() => GithubHook)
export class GithubHooksResolver extends graphqlOf(GithubHook, { scope: 'contacts' }) {
  constructor(private readonly hooks: GithubHooksService) {
    super(hooks);
  }

  @MakesShape(GithubHookWithSecret, {
    name: 'createGithubHook',
    needs,
    description: 'Create an address to which GitHub delivers. Its secret is shown once.',
  })
  make(
    @Caller() actor: Actor,
    @ArgInput(CreateGithubHookInput) input: CreateGithubHookInput,
  ): Promise<GithubHookWithSecret> {
    return this.hooks.make(actor, input);
  }

  @Mutates(GithubHook, { name: 'updateGithubHook', needs, description: 'Change a GitHub hook.' })
  change(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(UpdateGithubHookInput) input: UpdateGithubHookInput,
    @SelectedObject(GithubHook) view: ObjectView,
  ): Promise<JsonText> {
    return this.hooks.update(actor, id, input, view);
  }

  @MutatesInto(GithubHookWithSecret, GithubHook, {
    name: 'rotateGithubHook',
    needs,
    description:
      'Create a new secret, which is shown once. The old one is accepted for 24 more hours, unless it leaked.',
  })
  rotate(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(RotateGithubHookInput, { optional: true }) input: RotateGithubHookInput,
  ): Promise<GithubHookWithSecret> {
    return this.hooks.rotate(actor, id, input);
  }

  @Removes(GithubHook, { name: 'deleteGithubHook', needs, description: 'Delete a GitHub hook. Returns its id.' })
  delete(@Caller() actor: Actor, @ArgId() id: string): Promise<string> {
    return this.hooks.remove(actor, id).then(() => id);
  }
}
