import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView, PageView } from '../../platform/projection/view.js';
import { Acts, ListsRanked, PathId, Restores } from '../../platform/resources/answers.js';
import { restOf } from '../../platform/resources/rest-face.js';
import { SeenList, SeenObject } from '../../platform/resources/rest-view.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, UpdateContactInput } from './contact.inputs.js';
import { CONTACTS_DUE, CONTACTS_FADING } from './contacts.lists.js';
import { ContactsService } from './contacts.service.js';
import './contacts.conditions.js';
import { MergeContactsInput } from './merging/merge.inputs.js';
import { MergesService } from './merging/merges.service.js';

const offered = { create: CreateContactInput, update: UpdateContactInput, remove: true };

@ApiTags('Contacts')
@Controller('v1/contacts')
export class ContactsController extends restOf(Contact, offered) {
  constructor(
    private readonly contacts: ContactsService,
    private readonly merges: MergesService,
  ) {
    super(contacts);
  }

  @ListsRanked(CONTACTS_DUE, { path: 'due', needs: 'contacts:read', operation: 'listContactsDue' })
  due(@Caller() actor: Actor, @SeenList(CONTACTS_DUE) view: PageView): Promise<JsonText> {
    return this.contacts.page(actor, view);
  }

  @ListsRanked(CONTACTS_FADING, { path: 'fading', needs: 'contacts:read', operation: 'listContactsFading' })
  fading(@Caller() actor: Actor, @SeenList(CONTACTS_FADING) view: PageView): Promise<JsonText> {
    return this.contacts.page(actor, view);
  }

  @Acts(Contact, MergeContactsInput, {
    path: ':id/merge',
    needs: 'contacts:write',
    operation: 'mergeContacts',
    summary: 'Merge another contact that is the same person into this one. Within 30 days it can be undone.',
  })
  merge(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: MergeContactsInput,
    @SeenObject(Contact) view: ObjectView,
  ): Promise<JsonText> {
    return this.merges.merge(actor, id, input, view);
  }

  @Restores(Contact, {
    path: ':id/unmerge',
    needs: 'contacts:write',
    operation: 'unmergeContact',
    summary: 'Undo the merge of this contact into another one, within 30 days: it is back with what it had.',
  })
  unmerge(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Contact) view: ObjectView): Promise<JsonText> {
    return this.merges.unmerge(actor, id, view);
  }
}
