import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { inSlices } from '../../../kit/breather.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Database } from '../../../platform/database/database.js';
import { wholeView } from '../../../platform/projection/projection.js';
import type { PageRows } from '../../../platform/projection/page-arguments.js';
import type { PageView } from '../../../platform/projection/view.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import { Contact } from '../contact.entity.js';
import { CARD_NAMES, CONTACT_FORMATS, FORMAT_NAMES } from './contact-formats.js';
import type { FormatName } from './contact-formats.js';
import type { ContactsFile } from './contact-exports.shapes.js';
import type { ExportedContact } from './exported-contact.js';

/** A file that is sent while it is read. */
export interface StreamedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Readable;
}

interface Found {
  readonly rows: readonly ExportedContact[];
  readonly info: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** A whole contact is up to 0.1 MB, and an answer of the database at most 4. */
const ROWS_AT_ONCE = 25;

/** Contacts as files: read page by page, each in its own statement, so that neither memory nor a transaction grows with the account. */
@Injectable()
export class ContactExports {
  constructor(private readonly database: Database) {}

  /** Everything of a list. The first page is read before the answer begins, so that a refusal is one. */
  async all(actor: Actor, asked: PageRows, given: GivenArguments): Promise<StreamedFile> {
    const format = formatOf(given, FORMAT_NAMES, 'json');
    const rows = { ...asked, first: ROWS_AT_ONCE };
    const first = await this.find(actor, rows);
    const { ending, mediaType } = CONTACT_FORMATS[format];
    return { name: `contacts.${ending}`, mediaType, content: Readable.from(this.parts(actor, rows, format, first)) };
  }

  /** One page of a list, as the part of the file that it is. */
  async part(actor: Actor, asked: PageRows, format: FormatName): Promise<ContactsFile> {
    const { rows, info } = await this.find(actor, asked);
    const { before, between, after, write } = CONTACT_FORMATS[format];
    const start = asked.after === null ? before : between;
    const end = info.hasNextPage ? '' : after;
    return { format, text: `${start}${await joined(rows, write, between)}${end}`, ...info };
  }

  /** @throws Problem `not_found` for a contact who is not there, or deleted */
  async card(actor: Actor, id: string, given: GivenArguments): Promise<string> {
    const format = formatOf(given, CARD_NAMES, 'vcard4');
    const { text } = await this.database.rows(Contact, actor).one(id, wholeView(Contact));
    return CONTACT_FORMATS[format].write(JSON.parse(text) as ExportedContact);
  }

  private async *parts(actor: Actor, asked: PageRows, format: FormatName, first: Found): AsyncGenerator<string> {
    const { before, between, after, write } = CONTACT_FORMATS[format];
    yield before;
    for (let found = first, start = ''; ; start = between) {
      if (found.rows.length > 0) yield start + (await joined(found.rows, write, between));
      if (!found.info.hasNextPage) break;
      found = await this.find(actor, { ...asked, after: found.info.endCursor });
    }
    yield after;
  }

  private async find(actor: Actor, asked: PageRows): Promise<Found> {
    const view: PageView = {
      ...asked,
      parts: [
        { key: 'rows', part: 'nodes', view: wholeView(Contact) },
        {
          key: 'info',
          part: 'pageInfo',
          entries: [
            { key: 'endCursor', name: 'endCursor' },
            { key: 'hasNextPage', name: 'hasNextPage' },
          ],
        },
      ],
    };
    return JSON.parse((await this.database.rows(Contact, actor).page(view)).text) as Found;
  }
}

/** @throws Problem `invalid_input` that names the formats */
function formatOf<F extends FormatName>(given: GivenArguments, formats: readonly F[], usual: F): F {
  const asked = new JudgedArguments(given, ['format']);
  const isKnown = (name: string): boolean => (formats as readonly string[]).includes(name);
  const format = asked.text('format', (name) => (isKnown(name) ? null : `must be one of ${formats.join(', ')}`));
  asked.assertKept();
  return (format as F | null) ?? usual;
}

async function joined(
  rows: readonly ExportedContact[],
  write: (contact: ExportedContact) => string,
  between: string,
): Promise<string> {
  return (await inSlices(rows, write)).join(between);
}
