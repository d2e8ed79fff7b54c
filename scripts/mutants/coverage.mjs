/** Which lines of the features a test file runs, by the counters of V8. Loaded by the process that runs the tests. */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPILED } from '../test/compiled.mjs';

const FEATURES = join(COMPILED, 'src/features/');
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** The lines that ran since the last call, as `{ 'src/features/…/x.ts': [3, 4, 9] }`. Lines count from 1. */
export async function covered() {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const lines = {};
  for (const { url, functions } of result) {
    const path = url.startsWith('file:') ? fileURLToPath(url) : '';
    if (!path.startsWith(FEATURES)) continue;
    const source = relative(COMPILED, path).replace(/\.js$/, '.ts');
    lines[source] = [...new Set([...(lines[source] ?? []), ...linesOf(path, functions)])];
  }
  return lines;
}

/** A source map has few entries on each compiled line; the first one decides where that line comes from. */
function linesOf(path, functions) {
  const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  const ranges = functions.flatMap(({ ranges: own }) => own);
  const lines = [];
  let offset = 0;
  for (const [index, text] of readFileSync(path, 'utf8').split('\n').entries()) {
    const column = text.search(/\S/);
    const entry = column >= 0 && ran(ranges, offset + column) ? map.findEntry(index, column) : {};
    if (entry.originalLine !== undefined) lines.push(entry.originalLine + 1);
    offset += text.length + 1;
  }
  return lines;
}

/** The innermost range around an offset has the count. Ranges without a call between two test files are not listed. */
function ran(ranges, offset) {
  const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset);
  const size = ({ startOffset, endOffset }) => endOffset - startOffset;
  const innermost = around.reduce((one, other) => (one && size(one) <= size(other) ? one : other), undefined);
  return (innermost?.count ?? 0) > 0;
}
