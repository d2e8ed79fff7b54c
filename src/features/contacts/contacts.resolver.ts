import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { PageView } from '../../platform/projection/view.js';
import { ListsRanked } from '../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../platform/resources/graphql-face.js';
import { SelectedList } from '../../platform/resources/selection.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, UpdateContactInput } from './contact.inputs.js';
import { CONTACTS_DUE, CONTACTS_FADING } from './contacts.lists.js';
import { ContactsService } from './contacts.service.js';
import './employments/contact-conditions.js';

const offered = { create: CreateContactInput, update: UpdateContactInput, remove: true };

@Resolver(() => Contact)
export class ContactsResolver extends graphqlOf(Contact, offered) {
  constructor(private readonly contacts: ContactsService) {
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
}
