import { Flag } from '../../../platform/contract/fields.js';
import { partial, pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { GithubHook } from './github-hook.entity.js';

@Input('A new GitHub hook.')
export class CreateGithubHookInput extends pick(GithubHook, ['login', 'description', 'addsContacts']) {}

@Input('A change of a GitHub hook: absent fields keep their value, null clears.')
export class UpdateGithubHookInput extends partial(CreateGithubHookInput) {}

@Input('How a new secret replaces the old one.')
export class RotateGithubHookInput {
  @Flag({
    defaulted: true,
    description:
      'Whether the old secret is accepted for 24 more hours, so that nothing is lost until GitHub has the new one. Default true; send false if it leaked.',
  })
  keepsOld?: boolean;
}
