/** Stands in a file for the account whose file it is: the account that takes it has another id. */
const NOBODY = '"00000000-0000-0000-0000-000000000000"';

/** A row that names its account only by the sign for it. */
export function withoutAccount(row: string, accountId: string): string {
  return row.replaceAll(`"${accountId}"`, NOBODY);
}

/** A line whose sign for the account has become this account. */
export function withAccount(line: string, accountId: string): string {
  return line.replaceAll(NOBODY, `"${accountId}"`);
}
