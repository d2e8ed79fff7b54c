import { isIP } from 'node:net';
import { isPublicAddress } from '../../kit/network-address.js';
import { parseUrl } from '../../kit/url.js';

/** What the installation allows; see Config. */
export interface Reach {
  readonly allowHttp: boolean;
  readonly allowedHosts: ReadonlySet<string>;
}

export interface UrlRefusal {
  readonly code: string;
  readonly detail: string;
}

/** Why a URL cannot be an endpoint, with the rule and the way out, or null when it can. What its name resolves to is judged at each connection. */
export function urlRefusal(text: string, reach: Reach): UrlRefusal | null {
  const url = parsed(text);
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\/[^/\\]/i.test(text)) {
    return refusal('isUrl', 'must be an absolute URL without spaces, such as https://example.com/hooks/kith');
  }
  if (url.username !== '' || url.password !== '') {
    return refusal('noCredentials', 'must carry no user name and no password: requests are signed instead');
  }
  if (text.includes('#')) return refusal('noFragment', 'must have no fragment: leave out # and what follows');
  if (url.protocol === 'http:' && !reach.allowHttp) {
    return refusal('https', 'must begin with https://. Plain http is for installations with WEBHOOK_ALLOW_HTTP=true');
  }
  if (isPrivate(url) && !reach.allowedHosts.has(hostAndPort(url))) {
    return refusal(
      'publicAddress',
      `must not lead to a private address. To send there all the same, the operator adds ${hostAndPort(url)} to WEBHOOK_ALLOWED_HOSTS`,
    );
  }
  return null;
}

/** As the allow-list spells it: the port is always there, and IPv6 is in brackets. */
export function hostAndPort(url: Pick<URL, 'hostname' | 'port' | 'protocol'>): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;
}

/** A parser that forgives tabs and line breaks would let one text mean two hosts, so they are refused first. */
function parsed(text: string): URL | null {
  return /[\s\p{Cc}\p{Cf}\\]/u.test(text) ? null : parseUrl(text);
}

/** The URL standard has turned every spelling of an IPv4 address (`0x7f.1`, `2130706433`) into the plain one. */
function isPrivate({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return /(^|\.)localhost\.?$/.test(host);
}

function refusal(code: string, rule: string): UrlRefusal {
  return { code, detail: `url ${rule}.` };
}
