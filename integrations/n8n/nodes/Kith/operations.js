/** What the node can do, each as a request made of the node's fields. */
exports.operations = {
  'contact.create': ({ name, more }) => ({ method: 'POST', path: '/v1/contacts', body: { name, ...fieldsOf(more) } }),
  'contact.search': ({ q, limit }) => ({ method: 'GET', path: '/v1/contacts', query: { q, first: limit } }),
  'interaction.log': ({ contactId, channel, more }) => {
    const body = { contactIds: [contactId], channel, ...fieldsOf(more) };
    return { method: 'POST', path: '/v1/interactions', body };
  },
  'reminder.create': ({ title, dueAt, more }) => {
    const body = { title, dueAt: new Date(dueAt).toISOString(), ...fieldsOf(more) };
    return { method: 'POST', path: '/v1/reminders', body };
  },
  'reminder.complete': ({ reminderId }) => answer(reminderId, 'completion'),
  'reminder.dismiss': ({ reminderId }) => answer(reminderId, 'dismissal'),
  'reminder.snooze': ({ reminderId, period }) => answer(reminderId, 'snooze', { for: period }),
};

function answer(reminderId, verb, body = {}) {
  return { method: 'POST', path: `/v1/reminders/${encodeURIComponent(reminderId)}/${verb}`, body };
}

/** Further fields as n8n keeps them; an address stands in a list here. */
function fieldsOf(more) {
  const { email, ...rest } = more ?? {};
  return { ...rest, ...(email ? { emails: [email] } : {}) };
}
