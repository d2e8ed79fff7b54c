import { readFileSync } from 'node:fs';
import pg from 'pg';

type Query = (this: pg.Client, ...given: unknown[]) => unknown;

/** Every table whose rows belong to an account, read from schema.sql. */
const OWNED = [...readFileSync('schema.sql', 'utf8').matchAll(/^create table (\w+) \(\n +account_id /gm)].map(
  ([, name]) => name,
);
const TOUCHES_OWNED = new RegExp(`\\b(from|join|update|into|using)\\s+(${OWNED.join('|')})\\b`);

/** `account_id = $1`, or rows that are inserted with the account as a parameter. */
const BOUND = /account_id = \$\d+|\(account_id\b[^)]*\)\s*(select|values \()\s*\$\d+/;

/**
 * The beginnings of statements that work on all accounts at once: the worker's sets, and questions before the caller is
 * known. Every other statement must name its account, or the tests fail.
 */
const OF_ALL_ACCOUNTS: readonly RegExp[] = [
  // The account of a key.
  /^update api_keys k set last_used_at = .* where k\.secret_hash = \$1/,
  // The account of a calendar's secret address.
  /^select f\.account_id as "accountid", f\.id, f\.name, f\.lens, .* from calendar_feeds f join accounts a on a\.id = f\.account_id where f\.token_hash = \$1$/,
  // The account of a hook's address, whose signature is checked next.
  /^select h\.account_id as "accountid", h\.id, h\.login, .* from github_hooks h join accounts a on a\.id = h\.account_id where h\.id = \$1$/,
  // For the operator: whether there is an account, and which.
  /^with locked as \(select pg_advisory_xact_lock/,
  /^select id from accounts where \$1::uuid is null or id = \$1/,
  // Rings: what is due, when the next one is, what it shows, ringing, and the notices before and after.
  /^select o\.account_id as "accountid", o\.id, o\.state, o\.reminder_id/,
  /^select \(extract\(epoch from min\(wakes_at\)/,
  /^select exists \(select from occurrences o where o\.kind = any/,
  /^select t\.account_id as "accountid", t\.id, .* from unnest\(\$\d+::uuid\[\], \$\d+::uuid\[\]\) k\(account_id, id\) join \w+ t using \(account_id, id\)$/,
  /^with rings as \(/,
  /^select w\.account_id as "accountid", x\.\* from unnest\(\$1::uuid\[\], \$2::timestamptz\[\]\) w\(account_id, until\)/,
  /^with told as \( ?update occurrences/,
  /^with wanted as \(select .* gone as \(delete from digests /,
  // Shared batches: what is due, not locked, and what failed by itself.
  /^select o\.account_id as "accountid", o\.id from occurrences o where o\.wakes_at <= /,
  /^select distinct x\.account_id as "accountid", x\.job from failures x limit \$1$/,
  /^with failed as \(select \* from json_to_recordset/,
  // The landing page and the metrics: one time and two counts over all accounts, without data of an account.
  /^select min\(wakes_at\) as "dueat" from occurrences where wakes_at is not null$/,
  /^select count\(\*\)::int as waiting from \(select 1 from (outbox|deliveries where state = 'pending') limit \d+\) \w$/,
  // The doctor, who looks through all accounts page by page: every statement of it begins after an account and a row.
  / and \(\w\.account_id, \w\.id\) > \(\$1::uuid, \$2::uuid\)| where \(\w\.account_id, \w\.id\) > \(\$1::uuid, \$2::uuid\)/,
  /^select o\.account_id as "accountid", o\.id, o\.reminder_id as "reminderid", .* join unnest\(\$1::uuid\[\], \$2::uuid\[\]\) k\(account_id, id\)/,
  // The same of the outbox, and the accounts whose filters are costly.
  /^select o\.account_id as "accountid", o\.event_id as id from outbox o where not exists/,
  /^select c\.account_id as "accountid", c\.cost from \(select w\.account_id/,
  // Deliveries: fan-out, lanes, claims, endpoints, results and their effects.
  /^with taken as \( ?delete from outbox/,
  /^with recursive lane\(account_id, webhook_id\)/,
  /^select w\.id, w\.version, w\.url, w\.secrets, w\.headers, w\.scopes, w\.key_id as "keyid" from unnest/,
  /^with at as \(select coalesce\(\$1::timestamptz, now\(\)\) as now\), result as/,
  /^with struck as \(/,
  /^with exhausted as \(/,
  // The endpoints of keys that have expired.
  /^with found as \(select account_id, id from webhooks where granted_until <=/,
  /^select w\.account_id as "accountid", w\.id from webhooks w where w\.granted_until <=/,
  // REST hooks: those that are gone, and those whose targets must be notified.
  /^with (departed|untold) as \( select w\.account_id, w\.id from webhooks w where w\.rest_hook/,
  /^select w\.account_id as "accountid", w\.id from webhooks w, \(select \$1::timestamptz\) at where w\.rest_hook/,
  // The feed: the next events of every account that is followed.
  /^select e\.\* from unnest\(\$1::uuid\[\], \$2::xid8\[\]/,
  // Imports: the next one to work on, whoever's it is.
  /^with next as \(select i\.account_id, i\.id from imports i /,
  /^select i\.account_id as "accountid", i\.id from imports i where i\.lease_until </,
  // Imports that are too old, and merges that can no longer be undone.
  /^(with old as \()?select t\.account_id( as "accountid")?, t\.id from (imports|contact_merges) t where t\.created_at </,
  // The trash that is old, of all accounts.
  /^select c\.account_id as "accountid", c\.id from (contacts|circles) c where c\.deleted_at </,
  // Files of whole accounts: the next one to work on, whoever's it is.
  /^with next as \(select f\.account_id, f\.id from transfers f /,
  // Accounts that named another country, whose telephone numbers are read again.
  /^select r\.account_id as "accountid", r\.account_id as id from phone_readings r where not exists/,
  // Retention: events, deliveries, kept answers.
  /^with due as materialized \( select p\.\*/,
  /^with old as materialized \( select d\.account_id, d\.id from \(select distinct account_id from webhooks where/,
  /^select a\.account_id as "accountid", a\.account_id as id from \(select distinct w\.account_id from webhooks w/,
  /^select account_id as "accountid", account_id as id from \( ?\(select d\.account_id from/,
  /^with old as \(select k\.account_id, k\.key from kept_answers/,
  /^select distinct old\.account_id as "accountid", old\.account_id as id from \( select k\.account_id from kept_answers/,
];

const seen = new Map<string, boolean>();
let patched = false;
/** The number of running programs. A file that only migrates a database in the same process starts none. */
let programs = 0;

/** Watches every statement of the program. Its pool differs from a test's own by its application name. */
export function watchStatements(): void {
  programs += 1;
  if (patched) return;
  patched = true;
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function watched(...given) {
    const [first] = given;
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
    const { application_name: name } = (this as unknown as { connectionParameters: { application_name?: string } })
      .connectionParameters;
    if (text && programs > 0 && name === 'kith' && !seen.has(text)) seen.set(text, isFree(text));
    return query.apply(this, given);
  };
}

/**
 * Ends what `watchStatements` began. Returns, once each, the statements that touch an owned table, do not name an
 * account and are not listed.
 */
export function unboundStatements(): readonly string[] {
  programs -= 1;
  const free = [...seen].filter(([, isFree]) => isFree).map(([text]) => text);
  for (const text of free) seen.set(text, false);
  return free.map((text) => text.replace(/\s+/g, ' ').slice(0, 400));
}

function isFree(text: string): boolean {
  const plain = text.replace(/\s+/g, ' ').trim().toLowerCase();
  if (!TOUCHES_OWNED.test(plain) || BOUND.test(plain)) return false;
  return !OF_ALL_ACCOUNTS.some((begins) => begins.test(plain));
}
