import fc from 'fast-check';
import { E164, isPhoneRegion, typedNumber } from '../../src/kit/phone-number.js';

const LONDON = '+442079460958';
const BERLIN = '+4930123456';

describe('a typed telephone number', () => {
  it.each<[what: string, number: string, typed: string[]]>([
    [
      'with the code of its country',
      LONDON,
      ['+44 20 7946 0958', '+44-20-7946-0958', '+44.20.7946.0958', '+442079460958'],
    ],
    ['after 00', LONDON, ['0044 20 7946 0958', '0044 (20) 7946-0958', '(0044) 20 7946 0958']],
    ['with the zero that is left out abroad', BERLIN, ['+49 (0)30 123456', '+49 (0) 30 / 12 34 56', '+49 030 123456']],
    ['whose zero belongs to it abroad too', '+390669812345', ['+39 06 698 12345', '+39 (0)6 698 12345']],
    ['with brackets around the country', BERLIN, ['(+49) 30 123456', '[+49] 30 123456', '(+49 30) 123456']],
    ['as a URI', LONDON, ['tel:+44-20-7946-0958', 'TEL:+44-20-7946-0958', 'tel:20-7946-0958;phone-context=+44']],
    [
      'with a label or a remark',
      LONDON,
      ['Mobile: +44 20 7946 0958', 'Tel. +44 20 7946 0958', '+44 20 7946 0958 (at home)'],
    ],
    [
      'in other widths, digits and dashes',
      LONDON,
      ['＋４４ ２０ ７９４６ ０９５８', '+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨', '+44–20–7946–0958'],
    ],
    ['with marks that nobody sees', LONDON, ['\u202a+44\u00a020 7946 0958\u202c', '\u200e+44 20 7946\u200b0958\ufeff']],
    ['of no country', '+80012345678', ['+800 1234 5678']],
  ])('%s is %s: %j', (_, number, typed) => {
    for (const text of typed) {
      expect([text, typedNumber(text, null)]).toEqual([text, { number, key: number }]);
      for (const region of ['GB', 'US', 'DE', 'IT'])
        expect([text, region, typedNumber(text, region).number]).toEqual([text, region, number]);
    }
  });

  it.each([
    ['020 7946 0958', 'GB', LONDON],
    ['020 7946 0958', 'US', null],
    ['020 7946 0958', null, null],
    ['442079460958', 'GB', LONDON],
    ['011 44 20 7946 0958', 'US', LONDON],
    ['(202) 555-0123', 'US', '+12025550123'],
    ['8 (495) 123-45-67', 'RU', '+74951234567'],
    ['020-7946-0958;phone-context=example.org', 'GB', LONDON],
    ['020 7946 0958', 'ZZ', null],
  ])('without the code of a country, %s means in %s: %s', (text, region, number) => {
    expect(typedNumber(text, region).number).toBe(number);
  });

  it('is compared with its extension, which is no part of the number', () => {
    for (const text of [
      '+44 20 7946 0958 ext. 12',
      '+44 20 7946 0958 x12',
      'tel:+44-20-7946-0958;ext=12',
      '+44 20 7946 0958,,12#',
    ])
      expect([text, typedNumber(text, null)]).toEqual([text, { number: LONDON, key: `${LONDON} ext. 12` }]);
  });

  it.each([
    ['+44 20 7946 0958 / +44 20 7946 0959', '442079460958442079460959'],
    ['1-800-FLOWERS', '1800'],
    ['+1 (555) 123-4567', '15551234567'],
    ['112', '112'],
    ['00', ''],
    ['0049', '49'],
    ['n/a', ''],
    ['+', ''],
    ['++44 20 7946 0958', '442079460958'],
    ['1'.repeat(50), '1'.repeat(50)],
    [`+${'1'.repeat(49)}`, '1'.repeat(49)],
    ['0'.repeat(50), ''],
    ['\u202a\u202c.', ''],
  ])('%j is not understood, and compared by its digits: %j', (text, key) => {
    for (const region of [null, 'GB', 'US', 'DE']) expect(typedNumber(text, region)).toEqual({ number: null, key });
  });

  it('is never compared by the digits of another country', () => {
    const [cairo, london] = [typedNumber('+20 2 3456 7890', null), typedNumber('020 2345 67890', null)];
    expect([cairo.key, london.key]).toEqual(['+20234567890', '20234567890']);
  });

  it('means the same every time, whatever it is', () => {
    const piece = fc.constantFrom(
      '+',
      '0',
      '00',
      '(0)',
      '44',
      '20',
      '7946',
      ' ',
      '-',
      ';ext=',
      ';phone-context=+44',
      'x',
      'tel:',
      '\u202a',
      '/',
    );
    const typed = fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 12 });
    fc.assert(
      fc.property(typed, fc.constantFrom(null, 'GB', 'US', 'DE'), (parts, region) => {
        const read = typedNumber(parts.join(''), region);
        expect(typedNumber(parts.join(''), region)).toEqual(read);
        expect(read.number ?? '').toMatch(read.number === null ? /^$/ : E164);
        expect(read.key.startsWith('+')).toBe(read.number !== null);
      }),
    );
  });
});

it('a country is two capital letters, and has telephone numbers', () => {
  expect(['GB', 'DE', 'XK'].map(isPhoneRegion)).toEqual([true, true, true]);
  expect(['gb', 'UK', 'AQ', '44', '', 'constructor'].map(isPhoneRegion)).toEqual(Array(6).fill(false));
});
