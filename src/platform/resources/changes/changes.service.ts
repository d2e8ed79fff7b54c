import { Injectable } from '@nestjs/common';
import type { Actor } from '../../actor/actor.js';
import { Config } from '../../config/config.js';
import { seenData } from '../../contract/copies.js';
import { Database } from '../../database/database.js';
import { Problem } from '../../errors/problem.js';
import type { ProblemDetail } from '../../errors/problem.js';
import { JsonText, boundedText } from '../../projection/json-text.js';
import { wordsIn } from '../../projection/words-in.js';
import type { Statement } from '../../database/tx.js';
import { LogTokens, expired } from '../../events/log-position.js';
import { visibleTypes } from '../../events/visible-types.js';
import { changesFromNow, changesPage } from './changes.sql.js';

/** What either face says, as it came. */
export interface ChangesArguments {
  readonly since?: unknown;
  readonly first?: unknown;
  readonly types?: unknown;
}

export const DEFAULT_CHANGES = 100;
export const MOST_CHANGES = 1_000;
const LONGEST_TOKEN = 500;
const PARAMETERS = 'since, first, types';
/** The word for the end of the log as it is now. */
const NOW = 'now';

/** The account's log as its keys may see it, read from any place that is still kept. */
@Injectable()
export class ChangesService {
  private readonly tokens: LogTokens;

  constructor(
    private readonly database: Database,
    config: Config,
  ) {
    this.tokens = new LogTokens(config.cursorSecret);
  }

  /** @throws Problem `expired_token` when changes after `since` may not be kept any more. */
  async page(actor: Actor, asked: ChangesArguments): Promise<JsonText> {
    const { since, first, patterns } = judged(asked);
    const types = visibleTypes(actor, patterns);
    const { accountId: account } = actor;
    const key = this.tokens.key(account);
    if (since === NOW) return this.read(actor, changesFromNow(key));
    const place = since === null ? null : this.tokens.open(since, account);
    return this.read(actor, changesPage({ account, since: place, first, types, key }));
  }

  private async read(actor: Actor, statement: Statement): Promise<JsonText> {
    const [row] = await this.database.read<{ json: string | null }>(actor, statement);
    if (!row?.json) throw expired('since');
    return new JsonText(seenPage(actor, boundedText(row.json)));
  }
}

interface Judged {
  readonly since: string | null;
  readonly first: number;
  readonly patterns: readonly string[] | null;
}

/** Judges the arguments of both faces; every broken one is named. */
function judged({ since, first, types, ...others }: ChangesArguments): Judged {
  const [place, count, patterns] = [
    placeOf(since ?? null),
    countOf(first ?? DEFAULT_CHANGES),
    patternsOf(types ?? null),
  ];
  const broken = Object.keys(others).map((name) => wrong(name, 'unknownParameter', `is none of ${PARAMETERS}`));
  if (place === undefined) broken.push(wrong('since', 'isToken', 'must be one token that this list gave, or now'));
  if (count === undefined)
    broken.push(wrong('first', 'outOfRange', `must be a whole number from 1 to ${MOST_CHANGES}`));
  if (patterns === undefined)
    broken.push(wrong('types', 'isPatterns', 'takes names of events or patterns, separated by commas or repeated'));
  if (broken.length === 0 && place !== undefined && count !== undefined && patterns !== undefined) {
    return { since: place, first: count, patterns };
  }
  throw new Problem('invalid_input', broken.map(({ detail }) => detail).join(' '), broken);
}

function wrong(pointer: string, code: string, sentence: string): ProblemDetail {
  return { pointer, code, detail: `${pointer} ${sentence}.` };
}

function placeOf(given: unknown): string | null | undefined {
  return given === null || (typeof given === 'string' && given.length <= LONGEST_TOKEN) ? given : undefined;
}

function countOf(given: unknown): number | undefined {
  const count = typeof given === 'string' && /^\d{1,4}$/.test(given) ? Number(given) : given;
  const fits = typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_CHANGES;
  return fits ? count : undefined;
}

function patternsOf(given: unknown): readonly string[] | null | undefined {
  if (given === null) return null;
  const patterns = wordsIn(given);
  return patterns.length > 0 && patterns.every((pattern) => pattern !== '') ? patterns : undefined;
}

interface SeenChange {
  readonly type: string;
  readonly data: Record<string, unknown> | null;
  readonly previous: Record<string, unknown> | null;
}

/** The page as PostgreSQL wrote it, but for copies of what the key may not read. */
function seenPage({ scopes }: Actor, text: string): string {
  if (scopes.includes('*')) return text;
  const { data, ...page } = JSON.parse(text) as { data: SeenChange[] };
  const seen = data.map(({ type, data, previous, ...change }) => {
    return { ...change, type, data: seenData(scopes, type, data), previous: seenData(scopes, type, previous) };
  });
  return JSON.stringify({ data: seen, ...page });
}
