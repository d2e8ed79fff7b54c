/** A key, and where Kith is: everybody hosts their own. */
exports.authentication = {
  type: 'custom',
  fields: [
    {
      key: 'baseUrl',
      label: 'Address',
      type: 'string',
      required: true,
      helpText: 'Where your Kith is reached from outside, its `PUBLIC_URL`: `https://kith.example.com`.',
    },
    {
      key: 'apiKey',
      label: 'Key',
      type: 'password',
      required: true,
      helpText:
        'A key made for Zapier, with the scopes `webhooks:*`, `reminders:*` and `contacts:*`: `POST /v1/keys` answers one.',
    },
  ],
  test: async (z) => (await z.request('/v1/me')).data,
  connectionLabel: '{{accountName}}, {{keyName}}',
};
