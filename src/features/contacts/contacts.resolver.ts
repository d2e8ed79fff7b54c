import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView, PageView } from '../../platform/projection/view.js';
import { ArgId, ArgInput, ListsRanked, Mutates, Revives } from '../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../platform/resources/graphql-face.js';
import { SelectedList, SelectedObject } from '../../platform/resources/selection.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, UpdateContactInput } from './contact.inputs.js';
import { CONTACTS_DUE, CONTACTS_FADING } from './contacts.lists.js';
import { ContactsService } from './contacts.service.js';
import './contacts.conditions.js';
import { MergeContactsInput } from './merging/merge.inputs.js';
import { MergesService } from './merging/merges.service.js';

const offered = { create: CreateContactInput, update: UpdateContactInput, remove: true };

@Resolver(() => Contact)
export class ContactsResolver extends graphqlOf(Contact, offered) {
  constructor(
    private readonly contacts: ContactsService,
    private readonly merges: MergesService,
  ) {
    super(contacts);
  }

  @ListsRanked(CONTACTS_DUE, { name: 'contactsDue', needs: 'contacts:read' })
  due(@Caller() actor: Actor, @SelectedList(CONTACTS_DUE) view: PageView): Promise<JsonText> {
    return this.contacts.page(actor, view);
  }

  @ListsRanked(CONTACTS_FADING, { name: 'contactsFading', needs: 'contacts:read' })
  fading(@Caller() actor: Actor, @SelectedList(CONTACTS_FADING) view: PageView): Promise<JsonText> {
    return this.contacts.page(actor, view);
  }

  @Mutates(Contact, {
    name: 'mergeContacts',
    needs: 'contacts:write',
    description: 'Merge another contact that is the same person into this one. Within 30 days it can be undone.',
  })
  merge(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(MergeContactsInput) input: MergeContactsInput,
    @SelectedObject(Contact) view: ObjectView,
  ): Promise<JsonText> {
    return this.merges.merge(actor, id, input, view);
  }

  @Revives(Contact, {
    name: 'unmergeContact',
    needs: 'contacts:write',
    description: 'Undo the merge of this contact into another one, within 30 days: it is back with what it had.',
  })
  unmerge(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Contact) view: ObjectView): Promise<JsonText> {
    return this.merges.unmerge(actor, id, view);
  }
}
