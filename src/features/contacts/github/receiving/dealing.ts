import { shown } from '../../../../kit/text.js';
import type { Contact } from '../../contact.entity.js';
import type { Encounter, MetPerson } from '../../encounters/encounter.entity.js';
import type { Interaction } from '../../interactions/interaction.entity.js';
import { LOGIN } from '../github-hook.entity.js';
import type { Page, Place } from './place.js';

/** What somebody did with you at a pull request or an issue, or you with them. */
export interface Dealing {
  /** The address of the review, the comment or the merge: it happened once. */
  readonly key: string;
  /** A word for it: `Approved`. */
  readonly what: string;
  readonly page: Page;
  /** As its author wrote it. */
  readonly title: string;
  readonly at: Date;
  readonly direction: Interaction['direction'];
  readonly other: { readonly login: string; readonly relation: Contact['relation']; readonly role: MetPerson['role'] };
  readonly myRole: Encounter['myRole'];
  /** Whether to thank them: they merged a pull request of yours. */
  readonly thanks: boolean;
}

/** Why nothing is logged, as a sentence. */
interface Ignored {
  readonly ignored: string;
}

export type Reading = Dealing | Ignored;

/** Somebody at GitHub. */
interface Person {
  readonly login: Place;
  readonly isHuman: boolean;
  /** Whether the project is theirs, or they belong to it. */
  readonly isMaintainer: boolean;
}

interface Both {
  readonly other: Dealing['other'];
  readonly direction: Dealing['direction'];
  readonly myRole: Dealing['myRole'];
}

const INSIDERS: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];
const VERDICTS: Readonly<Record<string, string>> = { approved: 'Approved', changes_requested: 'Requested changes' };

/** The events that are logged, each with the action that is, and how it is read. */
const READERS: Readonly<Record<string, readonly [action: string, read: (payload: Place, me: string) => Reading]>> = {
  pull_request_review: ['submitted', readReview],
  issue_comment: ['created', readComment],
  pull_request: ['closed', readMerge],
};

/**
 * What a payload of GitHub says, for whoever has this login.
 *
 * @throws Problem `invalid_input` that names the place of what has another shape than GitHub gives it
 */
export function readingOf(event: string, payload: Place, me: string): Reading {
  const [logged, read] = (Object.hasOwn(READERS, event) && READERS[event]) || [];
  if (!read) return ignored(`The event ${event} is not logged: only ${Object.keys(READERS).join(', ')} are.`);
  const action = payload.at('action').text();
  if (action !== logged) return ignored(`The action ${shown(action)} of ${event} is not logged: only ${logged} is.`);
  return read(payload, me.toLowerCase());
}

function readReview(payload: Place, me: string): Reading {
  const [review, pull] = [payload.at('review'), payload.at('pull_request')];
  const both = bothOf(personOf(review, 'user'), personOf(pull, 'user'), me);
  if ('ignored' in both) return both;
  const what = VERDICTS[review.at('state').text().toLowerCase()] ?? 'Reviewed';
  const key = review.at('html_url').address();
  return { ...both, key, what, ...pageOf(pull), at: review.at('submitted_at').instant(), thanks: false };
}

function readComment(payload: Place, me: string): Reading {
  const [comment, issue] = [payload.at('comment'), payload.at('issue')];
  const both = bothOf(personOf(comment, 'user'), personOf(issue, 'user'), me);
  if ('ignored' in both) return both;
  const key = comment.at('html_url').address();
  return { ...both, key, what: 'Commented', ...pageOf(issue), at: comment.at('created_at').instant(), thanks: false };
}

function readMerge(payload: Place, me: string): Reading {
  const pull = payload.at('pull_request');
  if (!pull.at('merged').flag()) return ignored('The pull request was closed, and not merged.');
  const author = personOf(pull, 'user');
  if (!author || !isMe(author, me)) return ignored('The pull request is not yours.');
  const merger = personOf(pull, 'merged_by');
  const both = bothOf(merger && { ...merger, isMaintainer: true }, author, me);
  if ('ignored' in both) return both;
  const page = pageOf(pull);
  const key = `${page.page.url}#merged`;
  return { ...both, key, what: 'Merged', ...page, at: pull.at('merged_at').instant(), thanks: true };
}

function pageOf(thing: Place): Pick<Dealing, 'page' | 'title'> {
  return { page: thing.at('html_url').page(), title: thing.at('title').words() };
}

/** Null for an account that is no longer there. */
function personOf(thing: Place, who: 'user' | 'merged_by'): Person | null {
  const user = thing.at(who);
  if (user.isNothing) return null;
  const association = thing.at('author_association');
  const isMaintainer = !association.isNothing && INSIDERS.includes(association.text());
  return { login: user.at('login'), isHuman: user.at('type').text() === 'User', isMaintainer };
}

/** You and the other one, if one of you did something with what the other one made. */
function bothOf(doer: Person | null, author: Person | null, me: string): Both | Ignored {
  if (!doer || !author) return ignored('One of both is no longer at GitHub.');
  const [isMine, isByMe] = [isMe(author, me), isMe(doer, me)];
  if (isMine && isByMe) return ignored('You did it yourself, with what is yours.');
  if (!isMine && !isByMe) return ignored(`Neither did ${me} do it, nor is it about something of ${me}.`);
  const other = isMine ? doer : author;
  if (!other.isHuman) return ignored('A program did it, or it is about something of a program.');
  return {
    other: {
      login: other.login.matching(LOGIN, 'a login'),
      relation: other.isMaintainer ? 'maintainer' : 'community',
      role: other.isMaintainer ? 'maintainer' : isMine ? null : 'contributor',
    },
    direction: isMine ? 'inbound' : 'outbound',
    myRole: (isMine ? author : doer).isMaintainer ? 'maintainer' : 'contributor',
  };
}

function isMe({ login }: Person, me: string): boolean {
  return login.text().toLowerCase() === me;
}

function ignored(reason: string): Ignored {
  return { ignored: reason };
}
