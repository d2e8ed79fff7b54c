import { profileSlug } from '../../../kit/profile-slug.js';
import { Choice, Flag, Nested, Text } from '../../../platform/contract/fields.js';
import { Input, Part } from '../../../platform/contract/shapes.js';

const column = (what: string) => Text({ max: 200, nullable: true, description: `The column with ${what}.` });

@Part('The names of columns, for a file whose header is not known.')
export class ColumnMapping {
  @column('the given name')
  givenName?: string | null;

  @column('the family name')
  familyName?: string | null;

  @column('the address of the LinkedIn profile')
  url?: string | null;

  @column('the e-mail address')
  email?: string | null;

  @column('the company')
  company?: string | null;

  @column('the job title')
  position?: string | null;

  @column('the day you met or connected')
  connectedOn?: string | null;
}

@Part('Which column of a table is which; columns that are not named here are recognized by their names.')
export class TableMapping {
  @column('what its source calls the person: the same in every export')
  id?: string | null;

  @column('the whole name')
  name?: string | null;

  @column('the given name')
  givenName?: string | null;

  @column('the family name')
  familyName?: string | null;

  @column('the address of the LinkedIn profile')
  url?: string | null;

  @column('the e-mail address')
  email?: string | null;

  @column('a second e-mail address')
  email2?: string | null;

  @column('a third e-mail address')
  email3?: string | null;

  @column('the telephone number')
  phone?: string | null;

  @column('a second telephone number')
  phone2?: string | null;

  @column('a third telephone number')
  phone3?: string | null;

  @column('the company')
  company?: string | null;

  @column('the job title')
  position?: string | null;

  @column('where they live')
  location?: string | null;

  @column('the birthday')
  birthday?: string | null;

  @column('a website')
  website?: string | null;

  @column('a second website')
  website2?: string | null;

  @column('tags, with commas or semicolons between them')
  tags?: string | null;

  @column('notes')
  notes?: string | null;

  @column('the pronouns')
  pronouns?: string | null;

  @column('the day you met or connected')
  connectedOn?: string | null;
}

const DATE_ORDER =
  'What 2/7/2022 means. Unset: what the other dates of the column prove, else the language of the header.';
const MAPPING = 'The names of the columns; of those that are left out, what their names say.';

const wholeFile = Text({
  max: 900_000,
  nullable: true,
  description: 'The whole file as text. For larger files use REST with `text/csv`.',
});
const inBase64 = Text({
  max: 900_000,
  nullable: true,
  pattern: { regexp: /^[A-Za-z0-9+/\r\n]+={0,2}\s*$/, hint: 'must be base64' },
  description: 'The whole file in base64, for one that is not in Unicode.',
});
const encoding = Text({
  max: 40,
  nullable: true,
  description:
    'The encoding of `base64`, such as `windows-1252`. Unset: detected, which is a guess unless it is Unicode.',
});

/** How to read a file. REST takes the same as parameters. */
@Input('Whether only to preview a file.')
export class FileOptions {
  @Flag({ defaulted: true, description: 'Only say what would happen; apply it afterwards, or never.' })
  preview?: boolean;
}

@Input('How to read a table, and whether only to preview it.')
export class TableOptions extends FileOptions {
  @Choice({
    name: 'DateOrder',
    values: ['dayFirst', 'monthFirst'],
    nullable: true,
    description: DATE_ORDER,
  })
  dateOrder?: 'dayFirst' | 'monthFirst' | null;
}

@Input('How to read a file, and whether only to preview it.')
export class ImportOptions extends TableOptions {
  @Nested(() => ColumnMapping, {
    nullable: true,
    description: 'The names of the columns, when the header is not recognized.',
    example: { givenName: 'Vorname', familyName: 'Nachname' },
  })
  mapping?: ColumnMapping | null;
}

@Input('How to read a table of people.')
export class TableReading {
  @Choice({
    name: 'DateOrder',
    values: ['dayFirst', 'monthFirst'],
    nullable: true,
    description: DATE_ORDER,
  })
  dateOrder?: 'dayFirst' | 'monthFirst' | null;

  @Nested(() => TableMapping, { nullable: true, description: MAPPING, example: { name: 'Wer', email: 'Mail' } })
  mapping?: TableMapping | null;
}

@Input('A table of people, as text or in base64: give one of both.')
export class ProposeMappingInput extends TableReading {
  @wholeFile csv?: string | null;
  @inBase64 base64?: string | null;
  @encoding charset?: string | null;
}

@Input('How to read a table of people, and whether only to preview it.')
export class CsvOptions extends TableOptions {
  @Nested(() => TableMapping, {
    nullable: true,
    description: MAPPING,
    example: { name: 'Wer', email: 'Mail' },
  })
  mapping?: TableMapping | null;
}

@Input('Who you are in a file of messages, and whether only to preview it.')
export class MessagesOptions extends FileOptions {
  @Text({
    max: 500,
    nullable: true,
    check: (url) => (profileSlug(url) === null ? 'must be the address of a LinkedIn profile' : null),
    description: 'The address of your own LinkedIn profile. Unset: the profile that has part in most messages.',
    example: 'https://www.linkedin.com/in/ada',
  })
  ownProfile?: string | null;
}

@Input("LinkedIn's `messages.csv`, as text or in base64: give one of both.")
export class ImportLinkedInMessagesInput extends MessagesOptions {
  @wholeFile csv?: string | null;
  @inBase64 base64?: string | null;
  @encoding charset?: string | null;
}

@Input("LinkedIn's `Connections.csv`, as text or in base64: give one of both.")
export class ImportLinkedInInput extends ImportOptions {
  @wholeFile csv?: string | null;
  @inBase64 base64?: string | null;
  @encoding charset?: string | null;
}

@Input('A CSV file of Google Contacts or Outlook, as text or in base64: give one of both.')
export class ImportTableInput extends TableOptions {
  @wholeFile csv?: string | null;
  @inBase64 base64?: string | null;
  @encoding charset?: string | null;
}

@Input('A table of people, as text or in base64: give one of both.')
export class ImportCsvInput extends CsvOptions {
  @wholeFile csv?: string | null;
  @inBase64 base64?: string | null;
  @encoding charset?: string | null;
}

@Input('A file of vCards, as text or in base64: give one of both.')
export class ImportVcardsInput extends FileOptions {
  @Text({
    max: 900_000,
    nullable: true,
    description: 'The whole file as text. For larger files use REST with `text/vcard`.',
  })
  vcard?: string | null;
  @inBase64 base64?: string | null;
  @encoding charset?: string | null;
}
