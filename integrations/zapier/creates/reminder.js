/** Something to ring later. */
module.exports = {
  key: 'reminder',
  noun: 'Reminder',
  display: { label: 'Create Reminder', description: 'Makes a reminder that rings when it is due.' },
  operation: {
    inputFields: [
      { key: 'title', label: 'Title', type: 'string', required: true },
      { key: 'dueAt', label: 'Due', type: 'datetime', required: true },
      { key: 'note', label: 'Note', type: 'text' },
      { key: 'every', label: 'Again Every', type: 'string', helpText: 'A period: `P8M` is eight months. Empty: once.' },
      {
        key: 'priority',
        label: 'Priority',
        type: 'string',
        choices: { low: 'Low', normal: 'Normal', high: 'High' },
      },
    ],
    perform: async (z, { inputData }) => (await z.request('/v1/reminders', { method: 'POST', body: inputData })).data,
    sample: { id: '0192f1c4-0000-7000-8000-000000000003', title: 'Ask Ada about her talk', state: 'active' },
  },
};
