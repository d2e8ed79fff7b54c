const VERBS = { completion: 'Done', snooze: 'Snooze', dismissal: 'Dismiss' };

/** What a person would do in Slack by a button. */
module.exports = {
  key: 'ring_answer',
  noun: 'Follow-Up',
  display: { label: 'Answer Follow-Up', description: 'Marks a ring as done, puts it off, or dismisses it.' },
  operation: {
    inputFields: [
      {
        key: 'reminderId',
        label: 'Reminder',
        type: 'string',
        required: true,
        helpText: 'The `Reminder Id` of the trigger.',
      },
      { key: 'answer', label: 'Answer', type: 'string', required: true, choices: VERBS },
      {
        key: 'for',
        label: 'Snooze For',
        type: 'string',
        default: 'P1W',
        helpText: 'A period, for a snooze: `P1D`, `P1W`, `P8M`.',
      },
    ],
    perform: async (z, { inputData }) => {
      const { reminderId, answer } = inputData;
      const body = answer === 'snooze' ? { for: inputData.for || 'P1W' } : {};
      return (
        await z.request(`/v1/reminders/${encodeURIComponent(reminderId)}/${encodeURIComponent(answer)}`, {
          method: 'POST',
          body,
        })
      ).data;
    },
    sample: { id: '0192f1c4-0000-7000-8000-000000000003', title: 'Ask Ada about her talk', state: 'done' },
  },
};
