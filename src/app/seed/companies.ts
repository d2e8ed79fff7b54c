/** Companies that do not exist. Their addresses are under `.example`, which RFC 2606 (section 2) keeps free. */
export const COMPANIES = [
  'Lanternfold',
  'Brackenwire',
  'Mirabelle Data',
  'Osterwind Software',
  'Pebblewick',
  'Copperlark',
  'Harbourlight',
  'Quillmarsh',
  'Tidewhistle Labs',
  'Amberquay Systems',
  'Driftloom',
  'Ferrowood',
  'Galeparcel',
  'Hollowpine Health',
  'Inkbarrow',
  'Junipergate Bank',
  'Kestrelnote',
  'Larkspindle',
  'Mossbridge Mobility',
  'Nettleforge',
  'Orchardbyte',
  'Plumefield',
  'Saltmeadow Games',
  'Umbrelune',
] as const;

/** One person works there: somebody else knows them. */
export const FAR_COMPANY = 'Quietriver Robotics';

/** Your own jobs, the last first: the days since they began and ended. */
export const OWN_JOBS = [
  { company: 'Tidewhistle Labs', title: 'Staff engineer', from: 330, to: null },
  { company: 'Mirabelle Data', title: 'Senior engineer', from: 1_240, to: 345 },
  { company: 'Harbourlight', title: 'Engineer', from: 2_380, to: 1_260 },
] as const;

export const TITLES = [
  'Engineer',
  'Senior engineer',
  'Staff engineer',
  'Principal engineer',
  'Engineering manager',
  'Head of platform',
  'Site reliability engineer',
  'Data engineer',
  'Frontend engineer',
  'Product designer',
  'Developer advocate',
  'Security engineer',
  'CTO',
  'Freelancer',
] as const;

export const TAGS = [
  ...['typescript', 'rust', 'go', 'postgres', 'kubernetes', 'observability', 'security', 'frontend', 'data'],
  ...['accessibility', 'hiring', 'mentor', 'writes well', 'book club', 'climbing', 'remote', 'speaks at conferences'],
] as const;

export const NOTES = [
  'Prefers messages to calls.',
  'Knows everybody in the **observability** crowd.',
  'Asked for feedback on a talk about migrations.',
  'Moved to part time; best reached on Thursdays.',
  'Owes me a recommendation for a book on queues.',
  'Has two dogs, both named after databases.',
] as const;

/** `mirabelledata.example`. */
export function domainOf(company: string): string {
  return `${company.toLowerCase().replace(/[^a-z]/g, '')}.example`;
}
