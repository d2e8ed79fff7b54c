import { hubSignature, isHubSigned } from '../../src/kit/hub-signature.js';

/** The example of GitHub, "Validating webhook deliveries". */
const SECRET = "It's a Secret to Everybody";
const BODY = Buffer.from('Hello, World!');
const HEADER = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

function signed(header: unknown, body: Buffer, secrets: readonly string[]): boolean {
  const signature = hubSignature(header);
  return signature !== null && isHubSigned(body, signature, secrets);
}

describe('a signature of GitHub', () => {
  it('is right over exactly these bytes, with any of the secrets', () => {
    expect(signed(HEADER, BODY, [SECRET])).toBe(true);
    expect(signed(HEADER.toUpperCase().replace('SHA', 'sha'), BODY, ['another', SECRET])).toBe(true);
  });

  it('is wrong over other bytes and with other secrets', () => {
    expect(signed(HEADER, Buffer.from('Hello, World! '), [SECRET])).toBe(false);
    expect(signed(HEADER, BODY, ['another'])).toBe(false);
    expect(signed(HEADER, BODY, [])).toBe(false);
  });

  it.each([
    undefined,
    '',
    'sha256=',
    HEADER.slice(0, -1),
    `${HEADER}0`,
    HEADER.replace('256', '1'),
    [HEADER],
    `${HEADER}\n`,
  ])('is none: %j', (header) => {
    expect(hubSignature(header)).toBeNull();
  });
});
