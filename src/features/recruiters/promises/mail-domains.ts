import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const providers = require('email-providers/all.json') as readonly string[];

/** Providers that the list does not have. */
const MORE = [
  'posteo.de',
  'fastmail.com',
  'gmx.ch',
  'duck.com',
  'tutanota.com',
  'tuta.io',
  'mozmail.com',
  'simplelogin.com',
];

/** Where everybody can have an address, so that two people of one domain need not know each other. */
const OPEN_TO_ALL: ReadonlySet<string> = new Set([...providers, ...MORE]);

/** The domains of these addresses that belong to a firm, in lower case, each once. */
export function firmDomains(emails: readonly string[]): string[] {
  const domains = emails.map((email) => email.slice(email.lastIndexOf('@') + 1).toLowerCase());
  return [...new Set(domains)].filter((domain) => domain !== '' && !OPEN_TO_ALL.has(domain));
}
