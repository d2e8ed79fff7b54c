import 'reflect-metadata';
import dns from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { Sender } from '../../src/features/webhooks/sending/sender.js';
import { newWebhookSecret, signingKey } from '../../src/kit/webhook-signature.js';
import { Config } from '../../src/platform/config/config.js';

/**
 * Sends to one name again and again, with the resolver of the test in the place of the system's:
 * `node rebinding-process.js 127.0.0.1:<its port> http://<name>:<port> <times>`. It answers how the attempts ended.
 */
const [server = '', origin = '', times = '0'] = process.argv.slice(2);
const resolver = new dns.promises.Resolver();
resolver.setServers([server]);

async function resolve(name: string): Promise<LookupAddress[]> {
  const [four, six] = await Promise.all([
    resolver.resolve4(name).catch(() => []),
    resolver.resolve6(name).catch(() => []),
  ]);
  return [...four.map((address) => ({ address, family: 4 })), ...six.map((address) => ({ address, family: 6 }))];
}

type Found = (error: Error | null, found: LookupAddress[] | string, family?: number) => void;

Object.assign(dns, {
  lookup: (name: string, options: { all?: boolean }, found: Found) =>
    void resolve(name).then((addresses) => {
      const [first] = addresses;
      if (options.all) found(null, addresses);
      else found(null, first?.address ?? '', first?.family);
    }),
});
syncBuiltinESMExports();

const sender = new Sender(Config.read());
const secrets = [{ key: signingKey(newWebhookSecret()), validUntil: null }];
const endings: string[] = [];
for (let n = 0; n < Number(times); n += 1) {
  const message = { id: `message-${n}`, body: '{}', contentType: 'application/json', at: new Date() };
  const endpoint = { version: 1, origin, path: '/', secrets, headers: {}, scopes: ['*'], keyId: null, refusal: null };
  const { statusCode, errorCode } = await sender.send(endpoint, message);
  endings.push(errorCode ?? String(statusCode));
}
process.stdout.write(`${JSON.stringify(endings)}\n`);
await sender.close();
