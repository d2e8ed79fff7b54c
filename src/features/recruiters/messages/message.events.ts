import { colon, listed, textOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { declareEvent, eventsOf } from '../../../platform/contract/catalogue.js';
import { Message } from './message.entity.js';

/** `Rita Recruiter: Senior TypeScript engineer`. */
function said(data: Data, somebody: string): string {
  const who = textOf(data, 'fromName') ?? textOf(data, 'fromAddress') ?? somebody;
  const reason = textOf(data, 'reason');
  return listed([`${who}${colon(textOf(data, 'subject'))}`, reason && `it cannot be read${colon(reason)}`], '; ');
}

export const messageEvents = {
  ...eventsOf(
    Message,
    {
      received: {
        description: 'A message came in from somebody who is no recruiter yet.',
        sentence: (data) => `A message came in from ${said(data, 'somebody')}`,
      },
      deleted: {
        description: 'A message was deleted.',
        sentence: (data) => `Deleted: the message of ${said(data, 'somebody')}`,
      },
    },
    { scope: 'recruiters' },
  ),
  ofRecruiter: declareEvent({
    name: 'recruiter.message_received',
    resource: Message,
    description: 'A message came in from a recruiter, or whoever sent one was made a recruiter.',
    scope: 'recruiters',
    sentence: (data) => `A recruiter wrote: ${said(data, 'A recruiter')}`,
  }),
};
