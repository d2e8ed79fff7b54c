import { isIP } from 'node:net';
import { isPublicAddress } from '../../kit/network-address.js';
import { parseUrl } from '../../kit/url.js';

/** The rules of the installation; see Config. */
export interface Reach {
  readonly allowHttp: boolean;
  readonly allowedHosts: ReadonlySet<string>;
}

export interface UrlRefusal {
  readonly code: string;
  readonly detail: string;
}

/**
 * Why a URL cannot be an endpoint, with the rule and what to do, or null if it can. The addresses of its name are
 * checked at each connection.
 */
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
      `must not lead to a private address. To allow it, the operator adds ${hostAndPort(url)} to WEBHOOK_ALLOWED_HOSTS`,
    );
  }
  return null;
}

/** In the form of the allow-list: always with the port, and IPv6 in brackets. */
export function hostAndPort(url: Pick<URL, 'hostname' | 'port' | 'protocol'>): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;
}

/** A parser that ignores tabs and line breaks could read two hosts from one text, so they are refused first. */
function parsed(text: string): URL | null {
  return /[\s\p{Cc}\p{Cf}\\]/u.test(text) ? null : parseUrl(text);
}

/** The URL standard has turned every spelling of an IPv4 address (`0x7f.1`, `2130706433`) into the dotted form. */
function isPrivate({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return /(^|\.)localhost\.?$/.test(host);
}

function refusal(code: string, rule: string): UrlRefusal {
  return { code, detail: `url ${rule}.` };
}
