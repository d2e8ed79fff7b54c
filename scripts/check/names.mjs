import { projectFiles } from './files.mjs';

const CODE = /^(src|test|bench|scripts|migrations)\//;

/** Names that say nothing about the content; whole words only, so `commons.ts` is refused and `community.ts` is not. */
const EMPTY_WORDS = /(^|[./-])(utils?|helpers?|commons?|managers?|misc)(?=[./-]|$)/i;
const BARREL = /(^|\/)index\.[cm]?[jt]s$/;
const COPY = /[-_.](v\d+|new|old|copy|final)(?=[./]|$)/i;

/** Law 11: every name says what is inside; no barrels, no second versions. Returns one line per bad name. */
export function badNames(paths = projectFiles()) {
  return paths
    .filter((path) => CODE.test(path))
    .flatMap((path) => {
      if (BARREL.test(path)) return [`${path}: a barrel. Import each file by its own name.`];
      if (EMPTY_WORDS.test(path)) return [`${path}: says nothing. Name the file after the one thing it holds.`];
      if (COPY.test(path)) return [`${path}: a second version. Change the first one.`];
      return [];
    });
}
