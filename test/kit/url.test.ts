import { parseUrl } from '../../src/kit/url.js';

/** Often enough for the engine to optimize what it calls. */
const MANY = 20_000;

it('takes international names and paths, however often it was asked', () => {
  for (let count = 0; count < MANY; count += 1) parseUrl('https://example.com/');
  expect(parseUrl('https://bücher.example/')?.hostname).toBe('xn--bcher-kva.example');
  expect(parseUrl('https://www.linkedin.com/in/jürgen')?.pathname).toBe('/in/j%C3%BCrgen');
});

it.each(['', 'bücher', 'https://', 'http://[::1', '//example.com'])('knows that %j is none', (text) => {
  expect(parseUrl(text)).toBeNull();
});
