import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { restOf } from '../../platform/resources/rest-face.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, UpdateContactInput } from './contact.inputs.js';
import { ContactsService } from './contacts.service.js';
import './employments/contact-conditions.js';

@ApiTags('Contacts')
@Controller('v1/contacts')
export class ContactsController extends restOf(Contact, {
  create: CreateContactInput,
  update: UpdateContactInput,
  remove: true,
}) {
  constructor(contacts: ContactsService) {
    super(contacts);
  }
}
