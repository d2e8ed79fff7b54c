import { execFile } from 'node:child_process';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '../../node_modules/.bin');
/** Neither tool may send usage data or ask a registry for a newer version of itself. */
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

/** Returns one line per error and warning of Redocly's recommended rules. */
export async function redoclyFindings() {
  const { problems } = await json('redocly', ['lint', 'openapi.yaml', '--extends', 'recommended', '--format', 'json']);
  return problems.map(({ ruleId, message, location: [place] }) =>
    `${ruleId}: ${message} ${place?.pointer ?? ''}`.trimEnd(),
  );
}

/** Returns one line per error, warning and hint of Spectral's recommended rules for OpenAPI. */
export async function spectralFindings() {
  const ruleset = join(import.meta.dirname, 'spectral.yaml');
  const found = await json('spectral', ['lint', 'openapi.yaml', '--ruleset', ruleset, '--format', 'json', '--quiet']);
  return found.map(({ code, message, path }) => `${code}: ${message} ${path.join('/')}`);
}

/** What a linter printed, regardless of its exit code. Output that is not JSON is an error of the linter. */
async function json(tool, words) {
  const { output, told } = await new Promise((resolve) => {
    execFile(join(bin, tool), words, { env, maxBuffer: 1 << 28 }, (_error, output, told) => resolve({ output, told }));
  });
  try {
    return JSON.parse(output);
  } catch {
    throw new Error(`${tool} did not lint: ${told || output}`);
  }
}
