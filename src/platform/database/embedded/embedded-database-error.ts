/**
 * The database that comes with the program cannot be used.
 * The message is for the person who starts the program: what is wrong, then how to correct it.
 */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';

  constructor(wrong: string, wayOut: string, options?: ErrorOptions) {
    super(`${wrong} ${wayOut}`, options);
  }
}
