const { operations } = require('./operations');
const { properties } = require('./properties');
const { ask } = require('./request');

const FIELDS = ['name', 'more', 'q', 'limit', 'contactId', 'channel', 'title', 'dueAt', 'reminderId', 'period'];

/** Writes back: contacts, touches, reminders, and the answers to what rang. */
exports.Kith = class Kith {
  description = {
    displayName: 'Kith',
    name: 'kith',
    icon: 'fa:bell',
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Keep a network warm: contacts, touches, reminders and answers to them',
    defaults: { name: 'Kith' },
    inputs: ['main'],
    outputs: ['main'],
    usableAsTool: true,
    credentials: [{ name: 'kithApi', required: true }],
    properties,
  };

  async execute() {
    const results = [];
    for (const index of this.getInputData().keys()) {
      try {
        const answered = await carriedOut(this, index);
        results.push(...answered.map((json) => ({ json, pairedItem: { item: index } })));
      } catch (error) {
        if (!this.continueOnFail()) throw error;
        results.push({ json: { error: error.message }, pairedItem: { item: index } });
      }
    }
    return [results];
  }
};

/** One request for each item that comes in. */
async function carriedOut(node, index) {
  const given = (name) => node.getNodeParameter(name, index, null);
  const operation = operations[`${given('resource')}.${given('operation')}`];
  const { method, path, ...rest } = operation(Object.fromEntries(FIELDS.map((name) => [name, given(name)])));
  const answered = await ask(node, method, path, rest);
  return Array.isArray(answered.data) ? answered.data : [answered];
}
