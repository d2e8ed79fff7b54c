import ipaddr from 'ipaddr.js';
import { parseUrl } from './url.js';

// IANA has allocated only 2000::/3 for global unicast; the rest of IPv6 is special or not allocated.
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

const CANONICAL_IPV4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
const MAPPED_DOTTED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[\p{L}\p{N}._-]+):([1-9]\d{0,4})$/u;

/**
 * Whether an address belongs to the public Internet, so that a webhook may be sent there.
 *
 * Only plain unicast is public. Private, loopback, link-local, shared (CGNAT), multicast, broadcast, reserved,
 * documentation and benchmarking ranges are not, nor the ranges that carry an IPv4 address elsewhere (NAT64, 6to4,
 * Teredo). An IPv4-mapped IPv6 address is treated as the IPv4 address. Any form except the canonical one (four decimal
 * numbers; RFC 5952) is refused, because two parsers may read `0177.0.0.1` as different addresses; so are zone ids.
 */
export function isPublicAddress(address: string): boolean {
  const dotted = MAPPED_DOTTED.exec(address)?.[1] ?? address;
  if (CANONICAL_IPV4.test(dotted)) return isPublicIpv4(dotted);
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.toRFC5952String() !== address || parsed.zoneId !== undefined) return false;
  if (parsed.isIPv4MappedAddress()) return isPublicIpv4(parsed.toIPv4Address().toString());
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST);
}

/**
 * The private addresses that webhooks may reach: `host:port`, separated by commas, as in
 * `localhost:3000, [fd00::7]:8080`. Each entry is normalized as in the URL standard, so that it can be
 * compared with a parsed URL. Throws a RangeError that names the malformed entry. An empty text is an empty set.
 */
export function parseAllowList(text: string): Set<string> {
  const entries = text.split(',').map((entry) => entry.trim());
  return new Set(entries.filter((entry) => entry !== '').map(parseEntry));
}

function isPublicIpv4(address: string): boolean {
  return ipaddr.IPv4.isValid(address) && ipaddr.IPv4.parse(address).range() === 'unicast';
}

function parseEntry(entry: string): string {
  const [, host, port] = HOST_AND_PORT.exec(entry.toLowerCase()) ?? [];
  const parsed = host === undefined ? null : parseUrl(`http://${host}/`);
  if (!parsed || Number(port) > 65_535) {
    throw new RangeError(`"${entry}" is not written as host:port.`);
  }
  return `${parsed.hostname}:${port}`;
}
