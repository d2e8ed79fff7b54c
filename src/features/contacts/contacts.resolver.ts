import { Resolver } from '@nestjs/graphql';
import { graphqlOf } from '../../platform/resources/graphql-face.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, UpdateContactInput } from './contact.inputs.js';
import { ContactsService } from './contacts.service.js';
import './employments/contact-conditions.js';

@Resolver(() => Contact)
export class ContactsResolver extends graphqlOf(Contact, {
  create: CreateContactInput,
  update: UpdateContactInput,
  remove: true,
}) {
  constructor(contacts: ContactsService) {
    super(contacts);
  }
}
