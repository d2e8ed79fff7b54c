import { createHmac } from 'node:crypto';

/** What a person can be known by again. */
export interface Traits {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** The names of LinkedIn profiles. */
  readonly slugs: readonly string[];
  /** Profiles at other sites: the site, a colon, and the handle. */
  readonly handles?: readonly string[];
  /** What other systems call the person: the system, a blank, and the id. */
  readonly names: readonly string[];
}

/** The traits, hashed with the secret of the account (HMAC-SHA-256): nobody without it can try out addresses. */
export function hashesOf(salt: Buffer, { emails, phones, slugs, handles = [], names }: Traits): Buffer[] {
  const words = [
    ...emails.map((email) => `email ${email.toLowerCase()}`),
    ...phones.map((phone) => `phone ${phone.replace(/\D/g, '')}`),
    ...slugs.map((slug) => `profile ${slug}`),
    ...handles.map((handle) => `profile ${handle}`),
    ...names.map((name) => `name ${name}`),
  ];
  return [...new Set(words)].map((word) => createHmac('sha256', salt).update(word).digest());
}
