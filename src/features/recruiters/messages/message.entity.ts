import { Column, Entity } from 'typeorm';
import { Choice, Flag, Id, Instant, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';
import {
  LONGEST_ADDRESS,
  LONGEST_MESSAGE_ID,
  LONGEST_NAME,
  LONGEST_SUBJECT,
  LONGEST_TEXT,
  MOST_RECIPIENTS,
  MOST_REFERENCES,
} from './reading/mail-limits.js';

export const MESSAGE_DIRECTIONS = ['inbound', 'outbound'] as const;
export const MESSAGE_CHANNELS = ['email', 'linkedin', 'other'] as const;
export const MESSAGE_STATES = ['received', 'unreadable'] as const;

@Entity('messages')
@Resource('A message that came in, from a recruiter or from somebody who may be one.')
export class Message extends Owned {
  @Column('text')
  @Choice({
    name: 'MessageDirection',
    values: MESSAGE_DIRECTIONS,
    filter: 'scan',
    description: 'Whether it came in or went out.',
  })
  direction!: (typeof MESSAGE_DIRECTIONS)[number];

  @Column('text', { default: 'email' })
  @Choice({
    name: 'MessageChannel',
    values: MESSAGE_CHANNELS,
    defaulted: true,
    filter: 'scan',
    description: 'How it came. Default `email`.',
  })
  channel!: (typeof MESSAGE_CHANNELS)[number];

  @Column('text')
  @Choice({
    name: 'MessageState',
    values: MESSAGE_STATES,
    filter: 'scan',
    description: 'Whether the program could read it. `unreadable`: look at it where it came in; `reason` says why.',
  })
  state!: (typeof MESSAGE_STATES)[number];

  @Column('text', { nullable: true })
  @Text({ max: 500, nullable: true, description: 'Why it is unreadable; null if it is not.' })
  reason!: string | null;

  @Column('timestamptz')
  @Instant({
    filter: true,
    sort: true,
    description:
      'When it was sent, as it says itself; when it came in, if it says nothing or a time that has not come.',
  })
  receivedAt!: Date;

  @Column('text', { nullable: true })
  @Text({
    max: LONGEST_NAME,
    nullable: true,
    search: 'name',
    description: 'The name of the sender, as the sender writes it.',
    example: 'Rita Recruiter',
  })
  fromName!: string | null;

  @Column('text', { nullable: true })
  @Text({
    max: LONGEST_ADDRESS,
    nullable: true,
    filter: true,
    caseless: true,
    search: true,
    description: 'The e-mail address of the sender. Anybody can write any address: it proves nothing.',
    example: 'rita@agency.example',
  })
  fromAddress!: string | null;

  @Column('text', { nullable: true })
  @Text({
    max: 700,
    nullable: true,
    description: 'The LinkedIn profile of the sender.',
    example: 'https://www.linkedin.com/in/rita-recruiter',
  })
  fromProfile!: string | null;

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: LONGEST_ADDRESS,
    list: MOST_RECIPIENTS,
    description: 'The e-mail addresses that it was sent to.',
    example: ['ada@example.org'],
  })
  toAddresses!: string[];

  @Column('text', { nullable: true })
  @Text({
    max: LONGEST_SUBJECT,
    nullable: true,
    search: true,
    description: 'The subject.',
    example: 'Senior TypeScript engineer, remote',
  })
  subject!: string | null;

  @Column('text', { nullable: true })
  @Text({
    max: LONGEST_TEXT,
    nullable: true,
    search: true,
    description:
      'What it says, as text. Null when it has no text, when it is unreadable, and when the account does not keep texts (`keepMessageTexts`).',
    example: 'Hello Ada, we are looking for somebody who knows TypeScript.',
  })
  text!: string | null;

  @Column('boolean', { default: false })
  @Flag({
    description: `Whether the text went on: the first ${LONGEST_TEXT.toLocaleString('en')} characters are kept.`,
  })
  isCut!: boolean;

  @Column('text', { nullable: true })
  @Text({
    max: LONGEST_MESSAGE_ID,
    nullable: true,
    filter: 'scan',
    description: 'Its Message-ID (RFC 5322 §3.6.4), without brackets.',
    example: '4711@agency.example',
  })
  messageId!: string | null;

  @Column('text', { nullable: true })
  @Text({
    max: LONGEST_MESSAGE_ID,
    nullable: true,
    filter: 'scan',
    description: 'The Message-ID of what it answers.',
  })
  inReplyTo!: string | null;

  @Column('text', { name: 'reference_ids', array: true, default: '{}' })
  @Text({
    max: LONGEST_MESSAGE_ID,
    list: MOST_REFERENCES,
    description: 'The Message-IDs of the thread before it, the oldest first.',
  })
  references!: string[];

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, filter: true, description: 'The contact who sent it; null for somebody unknown.' })
  contactId!: string | null;

  @Id({
    nullable: true,
    filter: 'scan',
    computed: ({ alias, account }) =>
      `select r.id from recruiters r where r.account_id = ${account()} and r.contact_id = ${alias}.contact_id`,
    description: 'The recruiter whom that contact is; null if it is none.',
  })
  recruiterId!: string | null;

  /** By what the sender can be known, in the words of `contact_keys`. */
  @Column('text', { array: true, default: '{}' })
  senderKeys!: string[];

  /** Two messages that are one have the same: a hash. */
  @Column('text')
  sameness!: string;
}
