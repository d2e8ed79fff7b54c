import { dayOf } from '../../../../kit/day-text.js';
import { cutText } from '../../../../kit/cut-text.js';
import { profileSlug, profileUrl } from '../../../../kit/profile-slug.js';
import { bounded, clean } from './clean-text.js';
import { LINKEDIN_COLUMNS } from './linkedin-columns.js';
import { emailOf, keyOf, personOf } from './person.js';
import type { ReadPerson, Skipped } from './reader.js';
import type { TableFormat, TableRow } from './table-format.js';

const RESTRICTED = 'The row has no name: this member restricts who sees the profile.';

/** LinkedIn's `Connections.csv`. */
export const linkedIn: TableFormat = {
  source: 'linkedin',
  howWeMet: 'LinkedIn',
  tags: ['linkedin'],
  file: {
    wanted: "LinkedIn's Connections.csv",
    advice: 'Choose the file that the export calls Connections.csv.',
  },
  columns: LINKEDIN_COLUMNS,
  isHeader: ({ givenName, familyName, ...others }) =>
    givenName !== undefined && familyName !== undefined && Object.keys(others).length > 0,
  wanted: 'First Name, Last Name, and any of URL, Email Address, Company, Position, Connected On',
  dateColumns: ['connectedOn'],
  read: ({ field, order }: TableRow): ReadPerson | Skipped => {
    const problems: string[] = [];
    const [givenName, familyName] = [bounded(field('givenName'), 100), bounded(field('familyName'), 100)];
    if (givenName === null && familyName === null) return { skipped: RESTRICTED };
    const slug = understood(field('url'), profileSlug, 'URL', 'the address of a LinkedIn profile', problems);
    const email = understood(field('email'), emailOf, 'Email Address', 'an e-mail address', problems);
    const metOn = understood(field('connectedOn'), (day) => dayOf(day, order), 'Connected On', 'a date', problems);
    return personOf(
      {
        id:
          slug === null ? keyOf([givenName, familyName, field('connectedOn')]) : `https://www.linkedin.com/in/${slug}`,
        ...{ givenName: givenName ?? '', familyName: familyName ?? '', metOn: metOn ?? '' },
        ...{ company: field('company'), title: field('position'), problems },
        emails: email === null ? [] : [email],
        links: slug === null ? [] : [{ label: 'linkedin', value: profileUrl(slug) }],
      },
      order,
    );
  },
};

/** What a field means; what is there but not understood is told. */
function understood(
  given: string,
  read: (text: string) => string | null,
  column: string,
  kind: string,
  problems: string[],
): string | null {
  const text = clean(given);
  if (text === '') return null;
  const value = read(text);
  if (value === null) problems.push(`${column} “${cutText(text, 100)}” is not ${kind}.`);
  return value;
}
