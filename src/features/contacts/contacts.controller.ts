import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { PageView } from '../../platform/projection/view.js';
import { ListsRanked } from '../../platform/resources/answers.js';
import { restOf } from '../../platform/resources/rest-face.js';
import { SeenList } from '../../platform/resources/rest-view.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, UpdateContactInput } from './contact.inputs.js';
import { CONTACTS_DUE, CONTACTS_FADING } from './contacts.lists.js';
import { ContactsService } from './contacts.service.js';
import './employments/contact-conditions.js';

const offered = { create: CreateContactInput, update: UpdateContactInput, remove: true };

@ApiTags('Contacts')
@Controller('v1/contacts')
export class ContactsController extends restOf(Contact, offered) {
  constructor(private readonly contacts: ContactsService) {
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
}
