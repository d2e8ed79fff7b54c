import { Choice, Flag, Nested, Text } from '../../../platform/contract/fields.js';
import { Input, Part } from '../../../platform/contract/shapes.js';

const column = (what: string) => Text({ max: 200, nullable: true, description: `The column with ${what}.` });

@Part('The names of columns, for a file whose header is not known.')
export class ColumnMapping {
  @column('the given name')
  givenName?: string | null;

  @column('the family name')
  familyName?: string | null;

  @column('the address of the profile')
  url?: string | null;

  @column('the e-mail address')
  email?: string | null;

  @column('the company')
  company?: string | null;

  @column('the job title')
  position?: string | null;

  @column('the day you connected')
  connectedOn?: string | null;
}

/** How to read a file. REST takes the same as parameters. */
@Input('How to read a file, and whether only to preview it.')
export class ImportOptions {
  @Flag({ defaulted: true, description: 'Only say what would happen; apply it afterwards, or never.' })
  preview?: boolean;

  @Choice({
    name: 'DateOrder',
    values: ['dayFirst', 'monthFirst'],
    nullable: true,
    description:
      'What 2/7/2022 means. Unset: what the other dates of the column prove, else the language of the header.',
  })
  dateOrder?: 'dayFirst' | 'monthFirst' | null;

  @Nested(() => ColumnMapping, {
    nullable: true,
    description: 'The names of the columns, when the header is not recognized.',
    example: { givenName: 'Vorname', familyName: 'Nachname' },
  })
  mapping?: ColumnMapping | null;
}

@Input("LinkedIn's `Connections.csv`, as text or in base64: give one of both.")
export class ImportLinkedInInput extends ImportOptions {
  @Text({
    max: 900_000,
    nullable: true,
    description: 'The whole file as text. For larger files use REST with `text/csv`.',
  })
  csv?: string | null;

  @Text({
    max: 900_000,
    nullable: true,
    pattern: { regexp: /^[A-Za-z0-9+/\r\n]+={0,2}\s*$/, hint: 'must be base64' },
    description: 'The whole file in base64, for one that is not in Unicode.',
  })
  base64?: string | null;

  @Text({
    max: 40,
    nullable: true,
    description:
      'The encoding of `base64`, such as `windows-1252`. Unset: detected, which is a guess unless it is Unicode.',
  })
  charset?: string | null;
}
