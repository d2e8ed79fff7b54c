const { hook } = require('./hook');
const samples = require('./samples');

const PATTERN = {
  key: 'event',
  label: 'Event',
  type: 'string',
  required: true,
  default: '*',
  helpText: 'An event such as `contact.created`, all of a noun (`reminder.*`), or everything (`*`).',
};

exports.triggers = [
  hook({
    key: 'reminder_due',
    event: 'reminder.due',
    noun: 'Follow-Up',
    label: 'Follow-Up Due',
    description: 'Triggers when a reminder rings: a touch, a check-back, an interview, or one of your own.',
    sample: samples.ring,
  }),
  hook({
    key: 'reminder_overdue',
    event: 'reminder.overdue',
    noun: 'Follow-Up',
    label: 'Follow-Up Unanswered',
    description: 'Triggers when a ring was not answered in time.',
    sample: samples.ring,
  }),
  hook({
    key: 'digest_ready',
    event: 'digest.ready',
    noun: 'Digest',
    label: 'Digest Ready',
    description: 'Triggers when the daily or weekly digest is there: what is due, what comes, and what to do first.',
    sample: samples.digest,
  }),
  hook({
    key: 'contact_created',
    event: 'contact.created',
    noun: 'Contact',
    label: 'New Contact',
    description: 'Triggers when a contact is made.',
    sample: samples.contact,
  }),
  hook({
    key: 'event',
    event: null,
    inputFields: [PATTERN],
    noun: 'Event',
    label: 'Any Event',
    description: 'Triggers when any event that you name happens.',
    sample: samples.ring,
  }),
];
