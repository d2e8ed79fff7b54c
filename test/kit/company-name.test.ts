import fc from 'fast-check';
import { companyKey } from '../../src/kit/company-name.js';

describe('what a company is compared by', () => {
  it.each([
    [
      'acme',
      ['Acme', 'ACME', 'Acme GmbH', 'Acme, Inc.', 'Acme Inc', 'acme ltd.', 'Açme G.m.b.H. & Co. KG', 'Acme & Co.'],
    ],
    [
      'acme',
      [
        'Acme S.A.',
        'Acme S. A.',
        'Acme A/S',
        'Acme s.r.o.',
        'Acme s. r. o.',
        'Acme sp. z o.o.',
        '  Acme\u00a0AG ',
        '“Acme” LLC',
      ],
    ],
    ['acme', ['Acme UG (haftungsbeschränkt)', 'Acme Pty Ltd', 'Acme, Co., Ltd.']],
    ['johnson and johnson', ['Johnson & Johnson', 'Johnson and Johnson Inc.']],
    ['at and t', ['AT&T', 'AT & T']],
    ['oreilly', ['O’Reilly', "O'Reilly", 'OReilly']],
    ['jp morgan', ['J.P. Morgan', 'J P Morgan', 'JP Morgan']],
    ['bookingcom', ['Booking.com', 'Booking.com B.V.', 'booking.com']],
    ['ozturk', ['Öztürk', 'ozturk A.Ş.']],
    ['トヨタ自動車', ['トヨタ自動車株式会社', '株式会社トヨタ自動車', 'トヨタ自動車']],
    ['삼성전자', ['삼성전자 주식회사', '삼성전자']],
    ['c++', ['C++', 'C++ GmbH']],
    ['c#', ['C#']],
    ['.net foundation', ['.NET Foundation']],
    ['net foundation', ['Net Foundation']],
    ['acme group', ['Acme Group']],
  ])('is %s for %j', (key, names) => {
    for (const name of names) expect([name, companyKey(name)]).toEqual([name, key.normalize('NFC')]);
  });

  it('is never empty, even if a name is only a legal form or only signs', () => {
    expect(['Limited', 'Co.', 'Inc. Ltd.', '&', '!!!', '株式会社'].map(companyKey)).toEqual([
      ...['limited', 'co', 'inc', 'and', '!!!', '株式会社'],
    ]);
  });

  it('of a key is the key', () => {
    const name = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 6 }),
        fc.constantFrom('Acme', ' ', 'GmbH', '&', 'Co.', 'C++', '.', 'A/S', 's. r. o.', '株式会社'),
      ),
    );
    fc.assert(
      fc.property(name, (parts) => {
        const key = companyKey(parts.join(' '));
        expect(companyKey(key)).toBe(key);
      }),
    );
  });
});
