import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { enumeration } from '../../../platform/contract/graphql-types.js';
import { takesPage } from '../../../platform/contract/pages.js';
import type { PageRows } from '../../../platform/projection/page-arguments.js';
import { ArgId } from '../../../platform/resources/graphql-answers.js';
import { SelectedRows } from '../../../platform/resources/selection.js';
import { Contact } from '../contact.entity.js';
import { CARD_NAMES, FORMAT_MEANING, FORMAT_NAMES } from './contact-formats.js';
import type { CardName, FormatName } from './contact-formats.js';
import { ContactExports } from './contact-exports.service.js';
import { ContactsFile } from './contact-exports.shapes.js';
import '../contacts.conditions.js';

const FORMATS = enumeration('ContactsFormat', FORMAT_NAMES, FORMAT_MEANING);
const CARDS = enumeration('CardFormat', CARD_NAMES, 'The version of a vCard: 3.0 (RFC 2426) or 4.0 (RFC 6350).');
/** So many values has a contact that is written out. */
const VALUES = 40;

@Resolver()
export class ContactExportsResolver {
  constructor(private readonly exports: ContactExports) {}

  @Query(() => ContactsFile, {
    name: 'exportContacts',
    description: 'Write the contacts of a page as a part of a file. Scope: `contacts:read`.',
    complexity: VALUES,
  })
  @Needs('contacts:read')
  part(
    @Caller() actor: Actor,
    @SelectedRows(Contact) rows: PageRows,
    @Args('format', { type: () => FORMATS, defaultValue: 'json', description: FORMAT_MEANING }) format: FormatName,
  ): Promise<ContactsFile> {
    return this.exports.part(actor, rows, format);
  }

  @Query(() => String, {
    name: 'contactVcard',
    nullable: true,
    description: 'Write one contact as a vCard. Scope: `contacts:read`.',
  })
  @Needs('contacts:read')
  card(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @Args('format', { type: () => CARDS, defaultValue: 'vcard4', description: 'The version.' }) format: CardName,
  ): Promise<string> {
    return this.exports.card(actor, id, { format });
  }
}

takesPage(ContactExportsResolver, 'part', Contact);
