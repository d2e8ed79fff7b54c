import { urlRefusal } from '../../../src/features/webhooks/webhook-url.js';
import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { PRIVATE_HOSTS, REFUSED_URLS } from './hostile-urls.js';
import { WebhookFace } from './webhook-faces.js';

const strict = { allowHttp: false, allowedHosts: new Set<string>() };
const open = { allowHttp: true, allowedHosts: new Set(['127.0.0.1:8080', '[::1]:8443', 'localhost:80']) };

describe('urlRefusal', () => {
  it.each([
    'https://example.com',
    'https://example.com:8443/a/b?c=d',
    'HTTPS://EXAMPLE.COM/',
    'https://bücher.example/',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
    'https://localhost.example.com/',
    'https://notlocalhost/',
  ])('takes %s', (url) => expect(urlRefusal(url, strict)).toBeNull());

  it.each(PRIVATE_HOSTS)('refuses the private host %s', (host) => {
    expect(urlRefusal(`https://${host}/x`, strict)).toMatchObject({ code: 'publicAddress' });
  });

  it.each(REFUSED_URLS)('refuses %j by the rule %s', (url, code) =>
    expect(urlRefusal(url, strict)).toMatchObject({ code }),
  );

  it.each(['http://127.0.0.1:8080/', 'http://127.1:8080/', 'https://[::1]:8443/', 'http://localhost/'])(
    'takes the allowed place %s',
    (url) => expect(urlRefusal(url, open)).toBeNull(),
  );

  it.each(['http://127.0.0.1/', 'http://127.0.0.1:8081/', 'https://localhost/', 'http://[::1]:8080/'])(
    'refuses another port of an allowed host: %s',
    (url) => expect(urlRefusal(url, open)).toMatchObject({ code: 'publicAddress' }),
  );
});

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start({ env: { WEBHOOK_ALLOW_HTTP: 'false' } });
});
afterAll(() => shared.stop());

describe.each(faces)('the URL of a webhook over %s', (name) => {
  let program: TestProgram;
  beforeAll(async () => {
    program = await shared.asAnother();
  });

  it('S1: of 120 hostile ones none is taken', async () => {
    const webhooks = new WebhookFace(name, program);
    const hostile = [...PRIVATE_HOSTS.map((host) => `https://${host}/x`), ...REFUSED_URLS.map(([url]) => url)];
    const taken: string[] = [];
    for (const url of hostile) {
      const { code } = await webhooks.create({ url, eventTypes: ['contact.created'] });
      if (code !== 'invalid_input') taken.push(`${url}: ${code}`);
    }
    expect(taken).toEqual([]);
    expect(new Set(hostile).size).toBeGreaterThanOrEqual(120);
    expect(await program.events()).toEqual([]);
  });

  it('is judged when it is given and when it is changed, beside the other fields', async () => {
    const webhooks = new WebhookFace(name, program);
    const refused = await webhooks.create({ url: 'http://example.com', eventTypes: [] });
    expect(refused.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/url', 'https'],
      ['/eventTypes', 'arrayNotEmpty'],
    ]);
    const { id } = (await webhooks.create({ url: 'https://example.com/' })).data as { id: string };
    const changed = await faceOf(name, program).update('Webhook', id, { url: 'https://10.1.2.3/' });
    expect(changed.errors).toEqual([
      {
        pointer: '/url',
        code: 'publicAddress',
        detail:
          'url must not lead to a private address. To allow it, the operator adds 10.1.2.3:443 to WEBHOOK_ALLOWED_HOSTS.',
      },
    ]);
    expect((await webhooks.create({ url: `https://example.com/${'a'.repeat(1_980)}` })).code).toBeNull();
    expect((await webhooks.create({ url: `https://example.com/${'a'.repeat(1_981)}` })).code).toBe('invalid_input');
    expect(await program.events()).toEqual(['webhook.ping', 'webhook.ping']);
  });
});
