import { Injectable } from '@nestjs/common';

/** The scopes that the routes and fields of this program need. They are collected when the program starts. */
@Injectable()
export class KnownScopes {
  private readonly scopes = new Set<string>();

  add(scope: string): void {
    if (scope.includes(':')) this.scopes.add(scope);
  }

  /** Whether some route or field can be reached with it. */
  has(scope: string): boolean {
    const [noun = '', verb] = scope.split(':');
    return scope === '*' || (verb === '*' ? this.nouns.has(noun) : this.scopes.has(scope));
  }

  /** For refusals: every scope, by name. */
  get all(): readonly string[] {
    return [...this.scopes].sort();
  }

  private get nouns(): ReadonlySet<string> {
    return new Set([...this.scopes].map((scope) => scope.split(':')[0] ?? ''));
  }
}
