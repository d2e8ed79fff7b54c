import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { CreatesShape, Deletes, Patches, PathId } from '../../../platform/resources/answers.js';
import { restOf } from '../../../platform/resources/rest-face.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { GithubHook, GithubHookWithSecret } from './github-hook.entity.js';
import { CreateGithubHookInput, RotateGithubHookInput, UpdateGithubHookInput } from './github-hook.inputs.js';
import { GithubHooksService } from './github-hooks.service.js';

const needs = 'contacts:write';

@ApiTags('GithubHooks')
@Controller('v1/githubHooks')
export class GithubHooksController extends restOf(GithubHook, { scope: 'contacts' }) {
  constructor(private readonly hooks: GithubHooksService) {
    super(hooks);
  }

  @CreatesShape(GithubHookWithSecret, CreateGithubHookInput, {
    needs,
    operation: 'createGithubHook',
    summary: 'Create an address to which GitHub delivers. Its secret is shown once.',
  })
  make(@Caller() actor: Actor, @Body() input: CreateGithubHookInput): Promise<GithubHookWithSecret> {
    return this.hooks.make(actor, input);
  }

  @Patches(GithubHook, UpdateGithubHookInput, {
    path: ':id',
    needs,
    operation: 'updateGithubHook',
    summary: 'Change a GitHub hook.',
  })
  change(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: UpdateGithubHookInput,
    @SeenObject(GithubHook) view: ObjectView,
  ): Promise<JsonText> {
    return this.hooks.update(actor, id, input, view);
  }

  @CreatesShape(GithubHookWithSecret, RotateGithubHookInput, {
    path: ':id/secret',
    of: GithubHook,
    needs,
    operation: 'rotateGithubHook',
    summary: 'Create a new secret, which is shown once. The old one is accepted for 24 more hours, unless it leaked.',
  })
  rotate(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: RotateGithubHookInput,
  ): Promise<GithubHookWithSecret> {
    return this.hooks.rotate(actor, id, input);
  }

  @Deletes(GithubHook, {
    path: ':id',
    needs,
    operation: 'deleteGithubHook',
    summary: 'Delete a GitHub hook; what arrives at its address is refused from then on.',
  })
  delete(@Caller() actor: Actor, @PathId() id: string): Promise<void> {
    return this.hooks.remove(actor, id).then(() => undefined);
  }
}
