import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MAP = 'docs/MAP.md';

/** The targets of the links in a Markdown text, from the root of the repository. */
function linkedPaths(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) => join(dirname(MAP), target));
}

it('every file that docs/MAP.md names exists', () => {
  const paths = linkedPaths(readFileSync(MAP, 'utf8'));
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});
