import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, ArgInput, Mutates, Removes } from '../../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../../platform/resources/graphql-face.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import { Tag } from './tag.entity.js';
import { MergeTagsInput, UpdateTagInput } from './tag.inputs.js';
import { TagsService } from './tags.service.js';

@Resolver(() => Tag)
export class TagsResolver extends graphqlOf(Tag, { scope: 'contacts' }) {
  constructor(private readonly tags: TagsService) {
    super(tags);
  }

  @Mutates(Tag, {
    name: 'updateTag',
    needs: 'contacts:write',
    description: 'Rename a tag on every contact that carries it.',
  })
  rename(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(UpdateTagInput) input: UpdateTagInput,
    @SelectedObject(Tag) view: ObjectView,
  ): Promise<JsonText> {
    return this.tags.rename(actor, id, input, view);
  }

  @Mutates(Tag, {
    name: 'mergeTags',
    needs: 'contacts:write',
    description: 'Merge another tag into this one: whoever carries it carries this one instead.',
  })
  merge(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(MergeTagsInput) input: MergeTagsInput,
    @SelectedObject(Tag) view: ObjectView,
  ): Promise<JsonText> {
    return this.tags.merge(actor, id, input, view);
  }

  @Removes(Tag, {
    name: 'deleteTag',
    needs: 'contacts:write',
    description: 'Delete a tag: no contact carries it any more; returns its id.',
  })
  discard(@Caller() actor: Actor, @ArgId() id: string): Promise<string> {
    return this.tags.discard(actor, id).then(() => id);
  }
}
