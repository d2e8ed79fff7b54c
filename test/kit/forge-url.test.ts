import { forgePage } from '../../src/kit/forge-url.js';

describe('the address of a pull request or an issue', () => {
  it.each([
    ['https://github.com/fastify/fastify/pull/4711', 'pull_request', 'fastify/fastify', 4711],
    ['https://github.com/fastify/fastify/pull/4711/files#diff-1', 'pull_request', 'fastify/fastify', 4711],
    ['http://www.GitHub.com/a-b/c.d/issues/1?q=2#issuecomment-3', 'issue', 'a-b/c.d', 1],
    ['  https://github.com/a/b/issues/2147483647  ', 'issue', 'a/b', 2_147_483_647],
    ['https://gitlab.com/a/b/-/merge_requests/9', 'pull_request', 'a/b', 9],
    ['https://gitlab.com/a/b/c/d/-/issues/9/', 'issue', 'a/b/c/d', 9],
    ['https://gitlab.com/a/b/c/merge_requests/9', 'pull_request', 'a/b/c', 9],
    ['https://git.example.org:8443/a/b/c/-/merge_requests/12/diffs', 'pull_request', 'a/b/c', 12],
    ['https://salsa.debian.org/js-team/node/-/work_items/3', 'issue', 'js-team/node', 3],
    ['https://codeberg.org/forgejo/forgejo/pulls/77', 'pull_request', 'forgejo/forgejo', 77],
    ['https://codeberg.org/forgejo/forgejo/issues/77', 'issue', 'forgejo/forgejo', 77],
  ])('%s', (url, kind, project, number) => {
    expect(forgePage(url)).toEqual({ kind, project, number });
  });

  it.each([
    'https://github.com/fastify/fastify',
    'https://github.com/fastify/fastify/pulls/4711',
    'https://github.com/fastify/fastify/pull/0',
    'https://github.com/fastify/fastify/pull/2147483648',
    'https://github.com/fastify/fastify/pull/12x',
    'https://github.com/fastify/pull/12',
    'https://codeberg.org/forgejo/forgejo/pull/77',
    'https://gitlab.com/a/-/merge_requests/9',
    'https://git.example.org/a/b/issues/12',
    'https://github.com.example.org/a/b/pull/1',
    'ftp://github.com/a/b/pull/1',
    'github.com/a/b/pull/1',
    '',
  ])('is not %s', (url) => {
    expect(forgePage(url)).toBeNull();
  });
});
