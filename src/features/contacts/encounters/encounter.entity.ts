import { Column, Entity } from 'typeorm';
import { faultOfPageUrl } from '../../../kit/url.js';
import { Choice, Id, Integer, LocalDate, Nested, Text } from '../../../platform/contract/fields.js';
import { Part, Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

export const ENCOUNTER_KINDS = [
  ...['meetup', 'conference', 'talk', 'pull_request', 'issue', 'chat', 'workplace', 'interview', 'intro', 'other'],
] as const;
export const ENCOUNTER_ROLES = ['attendee', 'speaker', 'organiser', 'contributor', 'maintainer'] as const;

/** So many people one encounter names. */
export const MOST_PEOPLE = 200;

@Part('Somebody who was met, and what they did there.')
export class MetPerson {
  @Id({ description: 'The contact.' })
  contactId!: string;

  @Choice({ name: 'EncounterRole', values: ENCOUNTER_ROLES, nullable: true, description: 'What they did there.' })
  role!: (typeof ENCOUNTER_ROLES)[number] | null;
}

@Entity('encounters')
@Resource('Where people were met: a meetup, a conference, a talk, a pull request, a chat, a workplace.')
export class Encounter extends Owned {
  @Column('text', { default: 'other' })
  @Choice({
    name: 'EncounterKind',
    values: ENCOUNTER_KINDS,
    defaulted: true,
    filter: 'scan',
    description: 'What it was. Default: what the `url` says if it is that of a pull request or an issue, else `other`.',
  })
  kind!: (typeof ENCOUNTER_KINDS)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 200,
    nullable: true,
    search: 'name',
    description: 'What it is called.',
    example: 'JSConf Budapest 2026',
  })
  title!: string | null;

  @Column('date')
  @LocalDate({
    filter: true,
    sort: true,
    defaulted: true,
    description: 'The day, or the first of them; default today.',
  })
  occurredOn!: string;

  @Column('text', { nullable: true })
  @Text({ max: 200, nullable: true, search: true, description: 'Where it was.', example: 'Budapest' })
  place!: string | null;

  @Column('text', { nullable: true })
  @Text({
    max: 2_000,
    nullable: true,
    check: faultOfPageUrl,
    description: 'Its address, such as that of a pull request.',
    example: 'https://github.com/fastify/fastify/pull/4711',
  })
  url!: string | null;

  @Column('text', { nullable: true })
  @Text({
    max: 2_000,
    nullable: true,
    filter: 'scan',
    search: true,
    description:
      'The project of the pull request, merge request or issue that `url` is the address of, at GitHub, GitLab or Codeberg.',
    example: 'fastify/fastify',
  })
  project!: string | null;

  @Column('integer', { nullable: true })
  @Integer({ min: 1, max: 2 ** 31 - 1, nullable: true, description: 'Its number in the project.', example: 4711 })
  number!: number | null;

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, filter: true, description: 'The circle that it belongs to.' })
  circleId!: string | null;

  @Column('text', { nullable: true })
  @Choice({
    name: 'EncounterRole',
    values: ENCOUNTER_ROLES,
    nullable: true,
    filter: 'scan',
    description: 'What you did there.',
  })
  myRole!: (typeof ENCOUNTER_ROLES)[number] | null;

  @Column('jsonb', { default: [] })
  @Nested(() => MetPerson, {
    list: MOST_PEOPLE,
    defaulted: true,
    description: 'The contacts who were there, each once, and what they did.',
  })
  people!: MetPerson[];

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'Notes (Markdown).' })
  notes!: string | null;
}
