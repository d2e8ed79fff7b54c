const CHANNELS = {
  email: 'Email',
  message: 'Message',
  call: 'Call',
  video: 'Video',
  in_person: 'In person',
  code_review: 'Code review',
  social: 'Social network',
  other: 'Other',
};

/** A touch: it moves the next follow-up with its contact. */
module.exports = {
  key: 'interaction',
  noun: 'Interaction',
  display: { label: 'Log Interaction', description: 'Logs a touch with a contact; the next follow-up moves with it.' },
  operation: {
    inputFields: [
      { key: 'contactId', label: 'Contact', type: 'string', required: true, search: 'contact.id' },
      { key: 'channel', label: 'Channel', type: 'string', required: true, choices: CHANNELS },
      { key: 'summary', label: 'Summary', type: 'text' },
      { key: 'occurredAt', label: 'When', type: 'datetime', helpText: 'Now, unless told.' },
    ],
    perform: async (z, { inputData }) => {
      const { contactId, ...rest } = inputData;
      const body = { ...rest, contactIds: [contactId] };
      return (await z.request('/v1/interactions', { method: 'POST', body })).data;
    },
    sample: { id: '0192f1c4-0000-7000-8000-000000000004', channel: 'call', summary: 'Her move to Berlin' },
  },
};
