import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const FEATURES = 'src/features';
/** What each of these may know of: the accounts of whoever acts, and for reminders and webhooks what is due. */
const LOWER: Readonly<Record<string, readonly string[]>> = {
  'src/platform': ['accounts', 'webhooks'],
  'src/features/reminders': ['accounts', 'reminders', 'webhooks'],
  'src/features/webhooks': ['accounts', 'reminders', 'webhooks'],
};
/** Errors, webhooks and threads have messages too: the word alone names no subject. */
const ORDINARY = ['message'];
/** Said of something else, or a setting of the account. */
const INNOCENT =
  /(entity|strong|template|robots)[ -]tag|tag is named|round trip|round\(|others import|import into|import its module|transfer-encoding|checkBackPeriod/gi;

/** Files under a folder, the folder's own included. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));
}

/** `Contact` of `contact.entity.ts`, the folder it stands in, and the kinds of reminders that are declared there. */
function nounsOf(feature: string): string[] {
  const files = filesOf(join(FEATURES, feature));
  const entities = files.flatMap((path) => /([^/]+)\.entity\.ts$/.exec(path)?.[1] ?? []);
  const kinds = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/declareKind\(\{\s*name: '(\w+)'/g)].map(([, name = '']) => name),
  );
  return [feature, ...entities, ...kinds].filter((noun) => !ORDINARY.includes(noun));
}

/** A feature's nouns count by existing. */
function nounsAbove(folder: string): RegExp {
  const above = readdirSync(FEATURES).filter((feature) => !LOWER[folder]?.includes(feature));
  const words = above.flatMap(nounsOf).map((noun) => noun.replaceAll('-', '[ _-]?').replace(/s$/, ''));
  return new RegExp(`(?<![a-z_])(${words.join('|')})(s|es)?(?![a-z_])`, 'gi');
}

/** What a file says: its strings, but for the paths of its imports, and its comments. */
function saidIn(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const said: string[] = [];
  const visit = (node: ts.Node): void => {
    const isPath = ts.isImportDeclaration(node.parent ?? file);
    if (!isPath && (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)))
      said.push(node.text);
    const before = ts.getLeadingCommentRanges(source, node.pos) ?? [];
    const after = ts.getTrailingCommentRanges(source, node.end) ?? [];
    for (const { pos, end } of [...before, ...after]) said.push(source.slice(pos, end));
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  return said;
}

/** The nouns that a text names, whether it is written as words, as `a_name` or as `aName`. */
function named(text: string, nouns: RegExp): string[] {
  const words = text.replace(INNOCENT, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return [...words.matchAll(nouns)].map(([noun]) => noun);
}

describe.each(Object.keys(LOWER))('%s', (folder) => {
  it('names no subject of a feature above it', () => {
    const nouns = nounsAbove(folder);
    const found = filesOf(folder).flatMap((path) =>
      saidIn(path, readFileSync(path, 'utf8')).flatMap((text) =>
        named(text, nouns).map((noun) => `${path}: ${noun} in ${text.slice(0, 80)}`),
      ),
    );
    expect(found).toEqual([]);
  });
});

describe('a word is seen', () => {
  const nouns = nounsAbove('src/features/webhooks');
  const source = `
    import { Round } from './round.js';
    /** A contact of ours. */
    const a = 'contact.created'; // and interactions
    const b = \`\${a} of contactIds \${a} round_upcoming\`;
    /* a round trip, Math.round(1), reminders and contactless words */`;

  it('in strings, templates and comments, however it is written, and nowhere else', () => {
    const found = saidIn('some.ts', source).flatMap((text) => named(text, nouns));
    expect([...new Set(found.map((noun) => noun.toLowerCase()))].sort()).toEqual([
      ...['contact', 'interactions', 'round_upcoming'],
    ]);
  });
});
