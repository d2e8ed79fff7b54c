import { colon, textOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { declareEvent } from '../../../platform/contract/catalogue.js';
import type { EventType } from '../../../platform/contract/catalogue.js';
import { CheckBack } from './check-back.entity.js';

const due = (data: Data): string => textOf(data, 'dueOn') ?? 'a day';
const returned = (data: Data): string => textOf(data, 'returnedOn') ?? 'a day';
const why = (data: Data): string => colon(textOf(data, 'evidence'));

function event(verb: string, description: string, sentence: (data: Data) => string): EventType {
  return declareEvent({
    name: `recruiter.check_back_${verb}`,
    resource: CheckBack,
    scope: 'recruiters',
    description,
    sentence,
  });
}

/** They belong to the recruiter, and their data is the check-back. */
export const checkBackEvents = {
  made: event(
    'made',
    'A recruiter was parked, and is expected to come back.',
    (data) => `A recruiter is expected to come back about ${due(data)}`,
  ),
  kept: event(
    'kept',
    'A recruiter, or a colleague of the same e-mail domain, came back in time.',
    (data) => `A recruiter came back on ${returned(data)}, as expected about ${due(data)}${why(data)}`,
  ),
  early: event(
    'early',
    'A recruiter, or a colleague of the same e-mail domain, came back too early, and is still expected.',
    (data) => `A recruiter came back on ${returned(data)}, too early: parked until ${due(data)}${why(data)}`,
  ),
  missed: event(
    'missed',
    'Neither a recruiter nor a colleague of the same e-mail domain came back in time.',
    (data) => `A recruiter did not come back about ${due(data)}${why(data)}`,
  ),
  waived: event(
    'waived',
    'A recruiter is not expected any more, because parking ended or began again.',
    (data) => `A recruiter is not expected about ${due(data)} any more${why(data)}`,
  ),
  reversed: event(
    'reversed',
    'The return of a recruiter was taken back: the check-back is as if it had not been noted.',
    (data) =>
      `The return of a recruiter was taken back: expected about ${due(data)}, now ${textOf(data, 'state') ?? 'open'}`,
  ),
};
