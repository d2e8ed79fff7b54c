/** A person met. */
module.exports = {
  key: 'contact',
  noun: 'Contact',
  display: { label: 'Create Contact', description: 'Adds a person to your network.' },
  operation: {
    inputFields: [
      { key: 'name', label: 'Name', type: 'string', required: true },
      { key: 'email', label: 'Email', type: 'string' },
      { key: 'company', label: 'Company', type: 'string' },
      { key: 'title', label: 'Title', type: 'string' },
      { key: 'howWeMet', label: 'How You Met', type: 'text' },
      {
        key: 'keepInTouchEvery',
        label: 'Keep in Touch Every',
        type: 'string',
        helpText: 'A period: `P3M` is three months. Kith then reminds you.',
      },
    ],
    perform: async (z, { inputData }) => {
      const { email, ...rest } = inputData;
      const body = { ...rest, ...(email ? { emails: [email] } : {}) };
      return (await z.request('/v1/contacts', { method: 'POST', body })).data;
    },
    sample: require('../triggers/samples').contact,
  },
};
