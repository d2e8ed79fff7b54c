import { profileSlug } from '../../../kit/profile-slug.js';
import { Json, Text } from '../../../platform/contract/fields.js';
import { pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { Message } from './message.entity.js';
import { LONGEST_HTML, LONGEST_MESSAGE_ID } from './reading/mail-limits.js';
import { dateOf } from './reading/mail.js';

const ONE_HEADER = 10_000;
const BASE64 = /^[A-Za-z0-9+/_\r\n-]*={0,2}[\r\n]*$/;

@Input('A message that came in: its parts, as automations pass them on, or the whole mail in `raw`.')
export class ReceiveMessageInput extends pick(Message, ['channel']) {
  @Text({
    max: ONE_HEADER,
    min: 0,
    nullable: true,
    description: 'Who sent it: an address, or a name and an address as in the header `From`. A mail needs it.',
    example: 'Rita Recruiter <rita@agency.example>',
  })
  from?: string | null;

  @Text({
    min: 0,
    max: 500,
    nullable: true,
    check: (url) => (url !== '' && profileSlug(url) === null ? 'must be the address of a LinkedIn profile' : null),
    description: 'The LinkedIn profile of the sender.',
  })
  profile?: string | null;

  @Text({
    max: ONE_HEADER,
    min: 0,
    nullable: true,
    description: 'To whom it was sent: addresses with commas between them.',
    example: 'ada@example.org',
  })
  to?: string | null;

  @Text({
    max: LONGEST_HTML,
    min: 0,
    nullable: true,
    description: 'The subject. The first 500 characters are kept.',
    example: 'Senior TypeScript engineer, remote',
  })
  subject?: string | null;

  @Text({
    max: LONGEST_HTML,
    min: 0,
    nullable: true,
    description: 'What it says. The first 20,000 characters are kept.',
    example: 'Hello Ada, we are looking for somebody who knows TypeScript.',
  })
  text?: string | null;

  @Text({
    min: 0,
    max: LONGEST_HTML,
    nullable: true,
    description: 'What it says, as HTML: it is read if there is no `text`.',
  })
  html?: string | null;

  @Text({
    min: 0,
    max: 100,
    nullable: true,
    check: (date) =>
      date !== '' && dateOf(date) === null ? 'must be a time of RFC 3339 or RFC 5322, in 1970 to 2100' : null,
    description: 'When it was sent: RFC 3339, or as in the header `Date`. Default now.',
    example: 'Mon, 29 Jun 2026 17:12:00 +0200',
  })
  date?: string | null;

  @Text({
    min: 0,
    max: LONGEST_MESSAGE_ID + 2,
    nullable: true,
    pattern: { regexp: /^(<[^<>\s]+>|[^<>\s]*)$/, hint: 'must have no spaces, and brackets around it or none' },
    description: 'Its Message-ID, or another name that only this message has: what comes again is taken once.',
    example: '<4711@agency.example>',
  })
  messageId?: string | null;

  @Json({
    nullable: true,
    description:
      'Its headers by their names, each with its value. `Message-ID`, `In-Reply-To` and `References` are read, the others are not kept. Leave those out that make it too large.',
  })
  headers?: Record<string, unknown> | null;

  @Text({
    min: 0,
    max: 1_000_000,
    nullable: true,
    pattern: { regexp: BASE64, hint: 'must be base64 or base64url' },
    description:
      'The whole mail (RFC 5322) in base64, instead of everything else. Larger ones are posted as they are, as `message/rfc822`.',
  })
  raw?: string | null;
}
