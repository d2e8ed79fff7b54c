/** The fields of the node, and when each is shown. */
const on = (resource, ...operation) => ({ displayOptions: { show: { resource: [resource], operation } } });
const text = (displayName, name, more = {}) => ({ displayName, name, type: 'string', default: '', ...more });
const choice = (displayName, name, options, more = {}) => ({
  displayName,
  name,
  type: 'options',
  noDataExpression: true,
  options: Object.entries(options).map(([value, [label, action]]) => ({
    name: label,
    value,
    ...(action ? { action } : {}),
  })),
  default: Object.keys(options)[0],
  ...more,
});
const further = (options, shown) => ({
  displayName: 'Additional Fields',
  name: 'more',
  type: 'collection',
  placeholder: 'Add Field',
  default: {},
  options,
  ...shown,
});

const CHANNELS = {
  email: ['Email'],
  message: ['Message'],
  call: ['Call'],
  video: ['Video'],
  in_person: ['In Person'],
  code_review: ['Code Review'],
  social: ['Social Network'],
  other: ['Other'],
};

const operationOf = (resource, options) =>
  choice('Operation', 'operation', options, { displayOptions: { show: { resource: [resource] } } });

exports.properties = [
  choice('Resource', 'resource', { contact: ['Contact'], interaction: ['Interaction'], reminder: ['Reminder'] }),
  operationOf('contact', { create: ['Create', 'Create a contact'], search: ['Search', 'Search contacts'] }),
  operationOf('interaction', { log: ['Log', 'Log an interaction'] }),
  operationOf('reminder', {
    complete: ['Complete', 'Complete a reminder'],
    create: ['Create', 'Create a reminder'],
    dismiss: ['Dismiss', 'Dismiss a reminder'],
    snooze: ['Snooze', 'Snooze a reminder'],
  }),
  text('Name', 'name', { required: true, ...on('contact', 'create') }),
  text('Words', 'q', { required: true, ...on('contact', 'search') }),
  { displayName: 'Limit', name: 'limit', type: 'number', default: 50, ...on('contact', 'search') },
  text('Contact ID', 'contactId', { required: true, ...on('interaction', 'log') }),
  choice('Channel', 'channel', CHANNELS, on('interaction', 'log')),
  text('Title', 'title', { required: true, ...on('reminder', 'create') }),
  { displayName: 'Due', name: 'dueAt', type: 'dateTime', default: '', required: true, ...on('reminder', 'create') },
  text('Reminder ID', 'reminderId', { required: true, ...on('reminder', 'complete', 'dismiss', 'snooze') }),
  text('For', 'period', { default: 'P1W', placeholder: 'P8M', ...on('reminder', 'snooze') }),
  further(
    [
      text('Company', 'company'),
      text('Email', 'email'),
      text('Keep in Touch Every', 'keepInTouchEvery', { placeholder: 'P3M' }),
      text('Notes', 'notes'),
      text('Title', 'title'),
    ],
    on('contact', 'create'),
  ),
  further(
    [{ displayName: 'When', name: 'occurredAt', type: 'dateTime', default: '' }, text('Summary', 'summary')],
    on('interaction', 'log'),
  ),
  further(
    [
      text('Again Every', 'every', { placeholder: 'P8M' }),
      text('Note', 'note'),
      choice('Priority', 'priority', { high: ['High'], low: ['Low'], normal: ['Normal'] }),
    ],
    on('reminder', 'create'),
  ),
];
