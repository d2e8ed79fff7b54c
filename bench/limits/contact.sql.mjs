/** The statements of a program that does nothing else: what a contact looks like on the wire, built by PostgreSQL. */

const instant = (value) => `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A row as an object: on PostgreSQL 15 a quarter less work than `json_build_object`, and without its spaces. */
const object = (properties) => {
  const columns = Object.entries(properties).map(([name, value]) => `${value} as "${name}"`);
  return `row_to_json((select r from (select ${columns.join(', ')}) r))`;
};

const DAYS_OVERDUE = `floor(extract(epoch from now() - c.next_touch_at) / 86400)`;
const URGENCY = `round(${DAYS_OVERDUE} / c.cadence_days, 3)`;
const LEVEL = `case when ${DAYS_OVERDUE} >= c.cadence_days then 'fading' when ${DAYS_OVERDUE} * 2 >= c.cadence_days then 'overdue'
  when ${DAYS_OVERDUE} >= 0 then 'due' when ${DAYS_OVERDUE} < 0 then 'ok' end`;

const CONTACT = object({
  id: 'c.id',
  createdAt: instant('c.created_at'),
  updatedAt: instant('c.updated_at'),
  version: 'c.version',
  name: 'c.name',
  givenName: 'c.given_name',
  familyName: 'c.family_name',
  pronouns: 'c.pronouns',
  emails: 'c.emails',
  phones: 'c.phones',
  links: 'c.links',
  company: 'c.company',
  title: 'c.title',
  location: 'c.location',
  timeZone: 'c.time_zone',
  birthday: 'c.birthday',
  relation: 'c.relation',
  howWeMet: 'c.how_we_met',
  metOn: 'c.met_on',
  tags: 'c.tags',
  notes: 'c.notes',
  custom: 'c.custom',
  favourite: 'c.favourite',
  archived: 'c.archived',
  doNotContact: 'c.do_not_contact',
  tier: 'c.tier',
  keepInTouchEvery: 'c.keep_in_touch_every',
  lastTouchAt: instant('c.last_touch_at'),
  nextTouchAt: instant('c.next_touch_at'),
  urgency: URGENCY,
  level: LEVEL,
});

/** The first 50 of rows that are numbered by `n`, and where they end. */
const FIRST_50 = (item) => `coalesce(json_agg(${item}) filter (where c.n <= 50), '[]')`;
const PLACE = object({ endCursor: 'max(c.id::text) filter (where c.n = 50)', hasNextPage: 'count(c.n) > 50' });

export const ONE = `select ${CONTACT}::text as json from contacts c where account_id = $1 and id = $2 and deleted_at is null`;

/** $1 account, $2 the id before the page or, on the first page, the largest UUID. */
export const PAGE = `
  select ${object({ data: FIRST_50(CONTACT), page: PLACE })}::text as json
  from (select *, row_number() over () as n from (
    select * from contacts where account_id = $1 and id < $2 and deleted_at is null order by id desc limit 51) c) c`;

/** The same three rows that the program writes. $1 account, $2 id, $3 name, $4 company, $5 tags, $6 the event's id. */
export const CREATE = `
  with made as (insert into contacts (account_id, id, created_at, updated_at, name, company, tags)
      values ($1, $2, now(), now(), $3, $4, $5) returning *),
    shown as (select ${CONTACT} as json from made c),
    event as (insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
      select $1, $6, 'contact.created', 'contact', $2, now(), json from shown),
    queued as (insert into outbox (account_id, event_id) values ($1, $6))
  select json::text from shown`;

const INTERACTIONS = `(
  select coalesce(json_agg(i), '[]') from (
    select i.id, ${instant('i.occurred_at')} as "occurredAt", i.channel, i.summary
    from interaction_contacts l join interactions i on i.account_id = l.account_id and i.id = l.interaction_id
    where l.account_id = $1 and l.contact_id = c.id
    order by l.occurred_at desc, l.interaction_id desc limit 3) i)`;

const REMINDERS = `(
  select coalesce(json_agg(r), '[]') from (
    select id, title, ${instant('due_at')} as "dueAt"
    from reminders where account_id = $1 and subject_id = c.id and subject_type = 'contact' and state = 'active'
    order by due_at, id limit 10) r)`;

const CONTACT_NODE = object({
  id: 'c.id',
  name: 'c.name',
  company: 'c.company',
  tags: 'c.tags',
  interactions: object({ nodes: INTERACTIONS }),
  reminders: object({ nodes: REMINDERS }),
});

/** 50 contacts with their tags, last three interactions and open reminders, in one statement. $1 account. */
export const NESTED = `
  select json_build_object('data', json_build_object('contacts',
    json_build_object('nodes', ${FIRST_50(CONTACT_NODE)}, 'pageInfo', ${PLACE})))::text as json
  from (select *, row_number() over () as n from (
    select * from contacts where account_id = $1 and deleted_at is null order by id desc limit 51) c) c`;
