import { firmDomains } from '../../../../src/features/recruiters/promises/mail-domains.js';
import { meaningOf, missedOn } from '../../../../src/features/recruiters/promises/window.js';

describe('the domains of a firm', () => {
  it('are those of the addresses, in lower case and each once', () => {
    expect(firmDomains(['Rita@Agency.Example', 'r@agency.example', '"a@b"@firm.example', 'nothing@'])).toEqual([
      'agency.example',
      'firm.example',
    ]);
  });

  it('are not those of providers where everybody can have an address', () => {
    const open = ['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.fr', 'live.de', 'yahoo.co.uk', 'icloud.com'];
    const more = [
      'gmx.de',
      'gmx.net',
      'web.de',
      't-online.de',
      'posteo.de',
      'proton.me',
      'orange.fr',
      'qq.com',
      'fastmail.com',
    ];
    expect(firmDomains([...open, ...more].map((domain) => `rita@${domain}`))).toEqual([]);
  });

  it('are those of agencies', () => {
    const firms = ['hays.de', 'roberthalf.com', 'randstad.com', 'michaelpage.com'];
    expect(firmDomains(firms.map((domain) => `rita@${domain}`))).toEqual(firms);
  });
});

describe('a return', () => {
  it.each([
    ['2027-01-28', 'early'],
    ['2027-01-29', 'kept'],
    ['2027-04-29', 'kept'],
    ['2027-04-30', null],
  ])('on %s means %s for the end of February', (day, meaning) => {
    expect(meaningOf(day, '2027-02-28')).toBe(meaning);
  });

  it('counts days over the end of a leap year, and is missed on the 61st', () => {
    expect(meaningOf('2028-01-30', '2028-02-29')).toBe('kept');
    expect(meaningOf('2028-01-29', '2028-02-29')).toBe('early');
    expect(missedOn('2028-02-29')).toBe('2028-04-30');
  });
});
