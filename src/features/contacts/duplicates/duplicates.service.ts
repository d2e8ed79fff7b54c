import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { openCursor, sealCursor } from '../../../kit/cursor.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import { Contact } from '../contact.entity.js';
import { MOST_PAIRS, USUAL_PAIRS } from './duplicate.shapes.js';
import type {
  ContactDuplicate,
  ContactDuplicates,
  DismissDuplicateInput,
  DismissedDuplicate,
} from './duplicate.shapes.js';
import { CERTAIN, dismissPair, pairsOf } from './duplicates.sql.js';
import type { FoundPair, Place } from './duplicates.sql.js';
import { reasonsOf } from './reasons.js';

/** Contacts who may be one person. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @throws Problem `invalid_input` or `invalid_cursor` */
  async page(actor: Actor, given: GivenArguments): Promise<ContactDuplicates> {
    const asked = new JudgedArguments(given, ['first', 'after']);
    const first = asked.count('first', MOST_PAIRS) ?? USUAL_PAIRS;
    const after = asked.text('after', () => null);
    asked.assertKept();
    const { accountId } = actor;
    const place = after === null ? null : this.opened(accountId, after);
    const found = await this.database.read<FoundPair>(actor, pairsOf(accountId, place, first + 1));
    const pairs = found.slice(0, first);
    const last = pairs.at(-1);
    const endCursor = last ? sealCursor([String(last.score), last.firstId, last.secondId], this.key(accountId)) : null;
    return { data: pairs.map(shown), page: { endCursor, hasNextPage: found.length > first } };
  }

  /** They are two people, and are not suggested again, whatever else they come to share. */
  async dismiss(actor: Actor, { firstId, secondId }: DismissDuplicateInput): Promise<DismissedDuplicate> {
    if (firstId === secondId)
      throw Problem.field('/secondId', 'notItself', 'A contact is one person with itself: name another one.');
    return this.database.write(actor, async (tx) => {
      await tx.linked(Contact, firstId, '/firstId');
      await tx.linked(Contact, secondId, '/secondId');
      await tx.run(dismissPair(actor.accountId, [firstId, secondId], this.clock.now()));
      return { firstId, secondId };
    });
  }

  private key(accountId: string): Buffer {
    return createHmac('sha256', this.config.cursorSecret)
      .update(JSON.stringify([accountId, 'duplicates']))
      .digest();
  }

  private opened(accountId: string, cursor: string): Place {
    const [score, firstId, secondId] = openCursor(cursor, this.key(accountId)) ?? [];
    if (score && firstId && secondId) return { score: Number(score), firstId, secondId };
    const detail = 'The cursor belongs to another list. Start again without a cursor.';
    throw new Problem('invalid_cursor', detail, [{ pointer: 'after', code: 'invalidCursor', detail }]);
  }
}

function shown({ keys, ...pair }: FoundPair): ContactDuplicate {
  return { ...pair, certainty: pair.score === CERTAIN ? 'certain' : 'suggested', reasons: reasonsOf(keys) };
}
