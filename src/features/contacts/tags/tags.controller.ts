import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { Acts, Deletes, Patches, PathId } from '../../../platform/resources/answers.js';
import { restOf } from '../../../platform/resources/rest-face.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { Tag } from './tag.entity.js';
import { MergeTagsInput, UpdateTagInput } from './tag.inputs.js';
import { TagsService } from './tags.service.js';

@ApiTags('Tags')
@Controller('v1/tags')
export class TagsController extends restOf(Tag, { scope: 'contacts' }) {
  constructor(private readonly tags: TagsService) {
    super(tags);
  }

  @Patches(Tag, UpdateTagInput, {
    path: ':id',
    needs: 'contacts:write',
    operation: 'updateTag',
    summary: 'Rename a tag on every contact that carries it.',
  })
  rename(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: UpdateTagInput,
    @SeenObject(Tag) view: ObjectView,
  ): Promise<JsonText> {
    return this.tags.rename(actor, id, input, view);
  }

  @Acts(Tag, MergeTagsInput, {
    path: ':id/merge',
    needs: 'contacts:write',
    operation: 'mergeTags',
    summary: 'Merge another tag into this one: whoever carries it carries this one instead.',
  })
  merge(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: MergeTagsInput,
    @SeenObject(Tag) view: ObjectView,
  ): Promise<JsonText> {
    return this.tags.merge(actor, id, input, view);
  }

  @Deletes(Tag, {
    path: ':id',
    needs: 'contacts:write',
    operation: 'deleteTag',
    summary: 'Delete a tag: no contact carries it any more.',
  })
  discard(@Caller() actor: Actor, @PathId() id: string): Promise<void> {
    return this.tags.discard(actor, id);
  }
}
