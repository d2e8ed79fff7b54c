import { isTimeZone } from '../../kit/instants.js';

let ofDatabase: ReadonlySet<string> | null = null;

/** Names the zones that the database server knows; called once, when the program has connected. */
export function knowZonesOfDatabase(names: readonly string[]): void {
  ofDatabase = new Set(names);
}

/**
 * Whether a zone works everywhere: in calendar arithmetic here, and in statements there. Either side knows names that the other
 * has dropped, such as `US/Pacific-New`. Aliases that both know are kept as they are.
 */
export function isSupportedZone(name: string): boolean {
  return isTimeZone(name) && (ofDatabase?.has(name) ?? true);
}
