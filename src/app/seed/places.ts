/** Where people live. */
interface Place {
  readonly timeZone: string;
  /** A telephone number that nobody has: `n` from 0 to 99. */
  readonly phone?: (n: string) => string;
}

/**
 * Telephone numbers come only from the ranges that regulators keep free for fiction: Bundesnetzagentur (Berlin, Munich, Hamburg), Ofcom
 * (London, and 07700 900), ARCEP (01 99 00), the North American Numbering Plan (555-0100 to 555-0199), PTS (08-465 004) and ACMA (02 7010).
 */
export const PLACES: Readonly<Record<string, Place>> = {
  Berlin: { timeZone: 'Europe/Berlin', phone: (n) => `+49 30 23125 0${n}` },
  Munich: { timeZone: 'Europe/Berlin', phone: (n) => `+49 89 99998 0${n}` },
  Hamburg: { timeZone: 'Europe/Berlin', phone: (n) => `+49 40 66969 0${n}` },
  London: { timeZone: 'Europe/London', phone: (n) => `+44 20 7946 00${n}` },
  Edinburgh: { timeZone: 'Europe/London', phone: (n) => `+44 7700 9000${n}` },
  Paris: { timeZone: 'Europe/Paris', phone: (n) => `+33 1 99 00 10 ${n}` },
  Lyon: { timeZone: 'Europe/Paris' },
  Madrid: { timeZone: 'Europe/Madrid' },
  'Mexico City': { timeZone: 'America/Mexico_City' },
  'Buenos Aires': { timeZone: 'America/Argentina/Buenos_Aires' },
  Warsaw: { timeZone: 'Europe/Warsaw' },
  Kraków: { timeZone: 'Europe/Warsaw' },
  Lagos: { timeZone: 'Africa/Lagos' },
  Bengaluru: { timeZone: 'Asia/Kolkata' },
  Pune: { timeZone: 'Asia/Kolkata' },
  Tokyo: { timeZone: 'Asia/Tokyo' },
  Osaka: { timeZone: 'Asia/Tokyo' },
  Singapore: { timeZone: 'Asia/Singapore' },
  Taipei: { timeZone: 'Asia/Taipei' },
  Istanbul: { timeZone: 'Europe/Istanbul' },
  'New York': { timeZone: 'America/New_York', phone: (n) => `+1 212 555 01${n}` },
  Seattle: { timeZone: 'America/Los_Angeles', phone: (n) => `+1 206 555 01${n}` },
  Chicago: { timeZone: 'America/Chicago', phone: (n) => `+1 312 555 01${n}` },
  Toronto: { timeZone: 'America/Toronto', phone: (n) => `+1 416 555 01${n}` },
  Stockholm: { timeZone: 'Europe/Stockholm', phone: (n) => `+46 8 465 004 ${n}` },
  Oslo: { timeZone: 'Europe/Oslo' },
  Sydney: { timeZone: 'Australia/Sydney', phone: (n) => `+61 2 7010 00${n}` },
};
