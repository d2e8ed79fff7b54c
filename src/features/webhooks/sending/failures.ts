import { AddressNotAllowed } from './guarded-connect.js';

const CODES: readonly [RegExp, string][] = [
  [/^ECONNREFUSED$/, 'connection_refused'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, 'connection_reset'],
  [/^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'timeout'],
  [/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/, 'name_not_resolved'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES)$/, 'unreachable'],
  [/^(HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_|UND_ERR_INFO)/, 'invalid_response'],
  [/CERT|^ERR_TLS_|^ERR_SSL_|^EPROTO$|UNABLE_TO_|SELF_SIGNED|ALTNAME/, 'tls_failed'],
];

/** The program stopped during an attempt. */
export class Interrupted extends Error {}

/** The error code of the log for an attempt without a usable answer. */
export function errorCodeOf(error: unknown): string {
  if (error instanceof AddressNotAllowed) return 'address_not_allowed';
  if (error instanceof Interrupted) return 'interrupted';
  const code = codeOf(error);
  return CODES.find(([pattern]) => pattern.test(code))?.[1] ?? 'failed';
}

/**
 * The error's code, or its name if it has no code. When several addresses were tried, the failure of the first is used.
 * The properties of an error decide and not its class, because Node's own errors can come from another realm.
 */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return codeOf(error.errors[0]);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error ? String(error.name) : '';
}
