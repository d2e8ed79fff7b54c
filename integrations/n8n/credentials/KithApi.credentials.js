/** A key, and where Kith is: everybody hosts their own. */
exports.KithApi = class KithApi {
  name = 'kithApi';
  displayName = 'Kith API';
  properties = [
    {
      displayName: 'Address',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'https://kith.example.com',
      description: 'Where your Kith is reached',
    },
    {
      displayName: 'Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      description: 'A key with the scopes webhooks:*, reminders:* and contacts:*',
    },
  ];
  authenticate = { type: 'generic', properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } } };
  test = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/v1/me' } };
};
