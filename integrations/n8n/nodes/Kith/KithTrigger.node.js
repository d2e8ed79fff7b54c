const { ask } = require('./request');

const EVENTS = [
  { name: 'Any Event', value: '*' },
  { name: 'Contact Created', value: 'contact.created' },
  { name: 'Digest Ready', value: 'digest.ready' },
  { name: 'Follow-Up Due', value: 'reminder.due' },
  { name: 'Follow-Up Unanswered', value: 'reminder.overdue' },
  { name: 'Interaction Logged', value: 'interaction.logged' },
  { name: 'Other', value: 'other' },
];

/** A workflow that is switched on subscribes its own address (REST hooks); one that is switched off ends that. */
exports.KithTrigger = class KithTrigger {
  description = {
    displayName: 'Kith Trigger',
    name: 'kithTrigger',
    icon: 'fa:bell',
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["event"]}}',
    description: 'Starts the workflow when a follow-up rings, or anything else happens in Kith',
    defaults: { name: 'Kith Trigger' },
    inputs: [],
    outputs: ['main'],
    credentials: [{ name: 'kithApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [
      {
        displayName: 'Event',
        name: 'event',
        type: 'options',
        options: EVENTS,
        default: 'reminder.due',
      },
      {
        displayName: 'Event Name',
        name: 'eventName',
        type: 'string',
        default: '',
        required: true,
        placeholder: 'reminder.*',
        description: "An event's name, or all of a noun",
        displayOptions: { show: { event: ['other'] } },
      },
    ],
  };

  webhookMethods = {
    default: {
      async checkExists() {
        const query = { targetUrl: this.getNodeWebhookUrl('default'), event: eventOf(this) };
        const { data } = await ask(this, 'GET', '/v1/hooks', { query });
        if (data.length === 0) return false;
        this.getWorkflowStaticData('node').hookId = data[0].id;
        return true;
      },
      async create() {
        const body = { targetUrl: this.getNodeWebhookUrl('default'), event: eventOf(this) };
        const { id } = await ask(this, 'POST', '/v1/hooks', { body });
        this.getWorkflowStaticData('node').hookId = id;
        return true;
      },
      async delete() {
        const kept = this.getWorkflowStaticData('node');
        if (!kept.hookId) return true;
        try {
          await ask(this, 'DELETE', `/v1/hooks/${encodeURIComponent(kept.hookId)}`);
        } catch (error) {
          if (error.httpCode !== '404') return false;
        }
        delete kept.hookId;
        return true;
      },
    },
  };

  async webhook() {
    return { workflowData: [this.helpers.returnJsonArray(this.getBodyData())] };
  }
};

function eventOf(node) {
  const event = node.getNodeParameter('event');
  return event === 'other' ? node.getNodeParameter('eventName') : event;
}
