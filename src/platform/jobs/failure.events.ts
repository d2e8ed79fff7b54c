import { textOf } from '../../kit/words.js';
import { declareEvent } from '../contract/catalogue.js';
import { Failure } from './failure.entity.js';

export const failureEvents = {
  setAside: declareEvent({
    name: 'failure.set_aside',
    resource: Failure,
    scope: 'account',
    description:
      'Work of the program itself for this account failed and was set aside. It is told once, and tried again by itself.',
    sentence: (data) => {
      const subject = `the ${textOf(data, 'subjectType') ?? 'row'} ${textOf(data, 'subjectId') ?? ''}`.trim();
      return `The job "${textOf(data, 'job') ?? ''}" failed on ${subject} and will try again: ${textOf(data, 'reason') ?? ''}`;
    },
  }),
};
