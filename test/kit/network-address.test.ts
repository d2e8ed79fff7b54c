import { BlockList } from 'node:net';
import fc from 'fast-check';
import { isPublicAddress, parseAllowList } from '../../src/kit/network-address.js';

const PRIVATE_IPV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** The special-purpose registry of IANA, judged by Node's own BlockList. */
const special = new BlockList();
for (const [network, prefix] of PRIVATE_IPV4) special.addSubnet(network, prefix, 'ipv4');

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => octets.join('.'));
const nearSpecial = fc.tuple(fc.constantFrom(...PRIVATE_IPV4), fc.nat()).map(([[network, prefix], offset]) => {
  const base = network.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const at = base + (offset % 2 ** (32 - prefix));
  return [24, 16, 8, 0].map((shift) => Math.floor(at / 2 ** shift) % 256).join('.');
});

describe('isPublicAddress', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4001:80b::200e',
    '::ffff:1.1.1.1',
    '::ffff:101:101',
  ])('takes %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.0.0.170',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'fec0::1',
    'ff02::1',
    '100::1',
    '64:ff9b::7f00:1',
    '64:ff9b::101:101',
    '64:ff9b:1::1',
    '2001::1',
    '2001:2::1',
    '2001:10::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:101:101::',
    '3fff::1',
    '5f00::1',
    '4000::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:0:127.0.0.1',
    '::127.0.0.1',
    '::1.1.1.1',
  ])('refuses %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each([
    '',
    'localhost',
    'example.com',
    '1.1.1',
    '127.1',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '01.1.1.1',
    '2130706433',
    '16843009',
    '1.1.1.256',
    '1.1.1.1.',
    '1.1.1.1 ',
    '1.1.1.1\n',
    '1.1.1.1:80',
    '1.1.1.1/32',
    '１.1.1.1',
    '[2606:4700::1111]',
    '2606:4700::1111%eth0',
    '2606:4700:0:0:0:0:0:1111',
    '2606:4700::01111',
    '2606:4700::0111',
    '2606:4700::ABCD',
    '2606:4700::1.1.1.1',
    '::FFFF:1.1.1.1',
    '0:0:0:0:0:ffff:1.1.1.1',
    '::ffff:01.1.1.1',
    '::ffff:999.1.1.1',
  ])('refuses the spelling %j', (address) => expect(isPublicAddress(address)).toBe(false));

  it('agrees with the registry on every IPv4 address, plain or mapped', () => {
    // AS112 (192.31.196/24, 192.175.48/24) and AMT (192.52.193/24) are routed, but belong to no one to send to.
    const odd = /^192\.(?:31\.196|175\.48|52\.193)\./;
    fc.assert(
      fc.property(fc.oneof(ipv4, nearSpecial), (address) => {
        const expected = !special.check(address, 'ipv4') && !odd.test(address);
        expect(isPublicAddress(address)).toBe(expected);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('never takes an IPv6 address outside 2000::/3, but for mapped ones', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        if (isPublicAddress(address)) expect(address).toMatch(/^(?:[23][0-9a-f]{3}:|::ffff:)/);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('parseAllowList', () => {
  it.each([
    ['', []],
    [' , ', []],
    ['localhost:3000', ['localhost:3000']],
    ['Receiver.LAN:80, 10.0.0.7:8443,', ['receiver.lan:80', '10.0.0.7:8443']],
    ['[FD00:0::7]:8080', ['[fd00::7]:8080']],
    ['127.1:9', ['127.0.0.1:9']],
    ['bücher.example:443', ['xn--bcher-kva.example:443']],
  ])('reads %j', (text, expected) => expect([...parseAllowList(text)]).toEqual(expected));

  it.each([
    'localhost',
    'localhost:',
    ':80',
    'localhost:0',
    'localhost:080',
    'localhost:65536',
    'http://localhost:80',
    'user@localhost:80',
    'localhost:80/path',
    'fd00::7:80',
    '[fd00::7]',
    '[nonsense]:80',
    'two hosts:80',
    '256.1.1.1:80',
    '10.0.0.0/8:80',
    '*:80',
  ])('refuses %j', (text) => {
    expect(() => parseAllowList(`ok.lan:1,${text}`)).toThrow(RangeError);
    expect(() => parseAllowList(`ok.lan:1,${text}`)).toThrow(text);
  });
});
