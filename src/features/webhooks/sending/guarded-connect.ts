import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from '../../../kit/network-address.js';
import { hostAndPort } from '../webhook-url.js';

/** The address is not on the public Internet, and the operator has not allowed it. */
export class AddressNotAllowed extends Error {}

/**
 * Opens connections to public addresses only. A name is resolved once per connection, and all its addresses are
 * checked. The connection is made to these same addresses, so an answer that changes between the check and the
 * connection (DNS rebinding) has no effect. Literal addresses do not reach a resolver and are checked here.
 */
export function guardedConnect(allowed: ReadonlySet<string>, timeoutMs: number): buildConnector.connector {
  const options = { timeout: timeoutMs, allowH2: false };
  const guarded = buildConnector({ ...options, lookup: publicOnly } as buildConnector.BuildOptions);
  const anywhere = buildConnector(options as buildConnector.BuildOptions);
  return (target, opened) => {
    const { hostname, port, protocol } = target;
    const family = isIP(hostname);
    const place = hostAndPort({ hostname: family === 6 ? `[${hostname}]` : hostname, port, protocol });
    if (allowed.has(place)) return anywhere(target, opened);
    if (family !== 0 && !isPublicAddress(hostname)) return opened(new AddressNotAllowed(hostname), null);
    guarded(target, opened);
  };
}

type Resolved = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

/** The lookups under way. One name uses one thread of the pool of four, however many connections wait for it. */
const underWay = new Map<string, Resolved[]>();

const publicOnly: LookupFunction = (hostname, options, found) => {
  resolve(hostname, (error, addresses) => {
    const [first] = addresses;
    const forbidden = addresses.find(({ address }) => !isPublicAddress(address));
    if (error) return found(error, []);
    if (forbidden || !first) return found(new AddressNotAllowed(hostname), []);
    if (options.all) found(null, addresses);
    else found(null, first.address, first.family);
  });
};

function resolve(hostname: string, resolved: Resolved): void {
  const waiting = underWay.get(hostname);
  if (waiting) return void waiting.push(resolved);
  underWay.set(hostname, [resolved]);
  lookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
    const told = underWay.get(hostname) ?? [];
    underWay.delete(hostname);
    for (const tell of told) tell(error, error ? [] : addresses);
  });
}
