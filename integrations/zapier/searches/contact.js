/** By name, company, title or whatever else the list's search reads. */
module.exports = {
  key: 'contact',
  noun: 'Contact',
  display: { label: 'Find Contact', description: 'Finds a contact by name, company or title.' },
  operation: {
    inputFields: [{ key: 'q', label: 'Words', type: 'string', required: true }],
    perform: async (z, { inputData }) => {
      const params = { q: inputData.q, first: 10 };
      return (await z.request('/v1/contacts', { params })).data.data;
    },
    sample: require('../triggers/samples').contact,
  },
};
