import { Injectable } from '@nestjs/common';
import { companyKey } from '../../../kit/company-name.js';
import { isId } from '../../../kit/ids.js';
import { localDateOf } from '../../../kit/instants.js';
import { isSafeText, isVisibleText } from '../../../kit/text.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import type { Introductions } from './introduction.shapes.js';
import { introductionsTo } from './introductions.sql.js';
import type { FoundIntroductions } from './introductions.sql.js';

const LONGEST_NAME = 200;
const NO_NAME = `must be a name of at most ${LONGEST_NAME} characters`;

/** Who can introduce one to whom. */
@Injectable()
export class IntroductionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid_input` unless there is either a contact or a company; `not_found` for a contact who is not there */
  async find(actor: Actor, given: GivenArguments): Promise<Introductions> {
    const asked = new JudgedArguments(given, ['contactId', 'company']);
    const contactId = asked.text('contactId', (id) => (isId(id) ? null : 'must be the id of a contact'));
    const company = asked.text('company', (name) => (isName(name) ? null : NO_NAME));
    asked.assertKept();
    if ((contactId === null) === (company === null)) {
      asked.refuse('contactId', 'contactOrCompany', 'or company must be given, and not both');
      asked.assertKept();
    }
    const today = localDateOf(this.clock.now(), actor.calendar.timeZone);
    const wanted = { contactId, companyKey: company === null ? null : companyKey(company), today };
    const [found] = await this.database.read<FoundIntroductions>(actor, introductionsTo(actor.accountId, wanted));
    if (contactId !== null && found?.targets === 0) throw Problem.notFound('contact', contactId);
    return { chains: [...(found?.chains ?? [])] };
  }
}

function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && isSafeText(text) && isVisibleText(text);
}
