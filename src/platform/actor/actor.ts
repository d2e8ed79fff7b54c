/** Who acts: the account whose rows are accessible, and what the key may do with them. Always the first argument. */
export interface Actor {
  readonly accountId: string;
  /** The key of the request, or null for the program itself. */
  readonly keyId: string | null;
  readonly scopes: readonly string[];
  /** When the key expires, if it does. */
  readonly expiresAt?: Date | null;
  /** The account's settings by which the program computes. */
  readonly calendar: AccountCalendar;
  /**
   * The open unit of work: everything that this actor does happens inside it. Only the database opens one, and knows
   * its type.
   */
  readonly unit?: object;
}

export interface AccountCalendar {
  /** IANA time zone name. */
  readonly timeZone: string;
  /** The local time, `HH:MM`, at which a date-only follow-up rings. */
  readonly dayStartsAt: string;
  /** How long a person is put off by default: an ISO 8601 period. */
  readonly checkBackPeriod: string;
  /** Until when instead, if that day lies ahead: a local date, or null. */
  readonly openFrom: string | null;
  /** How often to be in touch with people, by how close they are: ISO 8601 periods; null for not at all. */
  readonly innerEvery: string | null;
  readonly closeEvery: string | null;
  readonly wideEvery: string | null;
  readonly dormantEvery: string | null;
  /** The quiet hours, local times `HH:MM`: both or neither. */
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
  /** The days on which nothing rings: 1 for Monday to 7 for Sunday. */
  readonly quietWeekdays: readonly number[];
  /** The country that national telephone numbers are meant for (ISO 3166-1 alpha-2); null when that is not known. */
  readonly phoneRegion: string | null;
}

/** The scopes of the operator of an installation; `*` covers one account and so does not include them. */
export const INSTALLATION = 'installation';

/** Whether the key has the scope. `*` includes every scope of the account, `things:*` every scope of things. */
export function holdsScope(scopes: readonly string[], scope: string): boolean {
  const [noun] = scope.split(':');
  if (scopes.includes(scope) || scopes.includes(`${noun}:*`)) return true;
  return noun !== INSTALLATION && scopes.includes('*');
}
