import { parseUrl } from './url.js';

/** What the address of a pull request, a merge request or an issue says. */
export interface ForgePage {
  readonly kind: 'pull_request' | 'issue';
  /** The path of the project: `fastify/fastify`, or `group/subgroup/project`. */
  readonly project: string;
  readonly number: number;
}

const NAME = '[\\w.-]+';
const NUMBER = '([1-9]\\d{0,9})(?:/.*)?$';
const TWO_NAMES = new RegExp(`^/(${NAME}/${NAME})/(pull|pulls|issues)/${NUMBER}`);
/** Groups are nested up to 20 deep. */
const GITLAB = new RegExp(`^/(${NAME}(?:/${NAME}){1,21})/-/(merge_requests|issues|work_items)/${NUMBER}`);
/** Without the dash, as GitLab wrote it until 2019. */
const OLD_GITLAB = new RegExp(`^/(${NAME}(?:/${NAME}){1,21})/(merge_requests|issues)/${NUMBER}`);

/** How each host writes a pull request. */
const TWO_NAME_HOSTS: Readonly<Record<string, string>> = { 'github.com': 'pull', 'codeberg.org': 'pulls' };
const LARGEST = 2 ** 31 - 1;

/**
 * The project and the number in the address of a pull request or an issue of GitHub, GitLab or Codeberg, or null. Nothing is fetched. An
 * installation of GitLab on any host is known by the `/-/` of its paths.
 */
export function forgePage(address: string): ForgePage | null {
  const url = parseUrl(address.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname.replace(/^www\./, '');
  const pull = TWO_NAME_HOSTS[host];
  const pattern = pull ? TWO_NAMES : host === 'gitlab.com' && !url.pathname.includes('/-/') ? OLD_GITLAB : GITLAB;
  const [, project, word = '', digits] = pattern.exec(url.pathname) ?? [];
  const number = Number(digits);
  if (!project || number > LARGEST) return null;
  if (/^(issues|work_items)$/.test(word)) return { kind: 'issue', project, number };
  return pull && word !== pull ? null : { kind: 'pull_request', project, number };
}
