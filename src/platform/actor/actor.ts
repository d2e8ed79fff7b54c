/** Who acts: the account whose rows are accessible, and what the key may do with them. Always the first argument. */
export interface Actor {
  readonly accountId: string;
  /** The key of the request, or null for the program itself. */
  readonly keyId: string | null;
  readonly scopes: readonly string[];
  /** The account's settings for days and times of day. */
  readonly calendar: AccountCalendar;
  /** The open unit of work that everything this actor does joins. Only the database opens one, and knows what it is. */
  readonly unit?: object;
}

export interface AccountCalendar {
  /** IANA time zone name. */
  readonly timeZone: string;
  /** The local time, `HH:MM`, at which a date-only follow-up rings. */
  readonly dayStartsAt: string;
  /** How long whoever is put off waits when nobody says: an ISO 8601 period. */
  readonly checkBackPeriod: string;
  /** The quiet hours, local times `HH:MM`: both or neither. */
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
}

/** The scopes of the operator of an installation; `*` covers one account and so does not include them. */
export const INSTALLATION = 'installation';

/** Does the key carry the scope? `*` carries all of the account, `things:*` all of things. */
export function holdsScope(scopes: readonly string[], scope: string): boolean {
  const [noun] = scope.split(':');
  if (scopes.includes(scope) || scopes.includes(`${noun}:*`)) return true;
  return noun !== INSTALLATION && scopes.includes('*');
}
