/** Who acts: the account whose rows are in reach, and what the key may do there. Always the first argument. */
export interface Actor {
  readonly accountId: string;
  /** The key that was shown, or null for the program itself. */
  readonly keyId: string | null;
  readonly scopes: readonly string[];
  /** The account's settings that rules of time depend on. */
  readonly calendar: AccountCalendar;
}

export interface AccountCalendar {
  /** IANA time zone name. */
  readonly timeZone: string;
  /** The local time, `HH:MM`, at which a date-only follow-up rings. */
  readonly dayStartsAt: string;
  /** How long a recruiter is parked when nobody says: an ISO 8601 period. */
  readonly checkBackPeriod: string;
}

/** Does the key carry the scope? `*` carries all, `contacts:*` all of contacts. */
export function holdsScope(scopes: readonly string[], scope: string): boolean {
  const [noun] = scope.split(':');
  return scopes.includes(scope) || scopes.includes('*') || scopes.includes(`${noun}:*`);
}
