import { readFileSync } from 'node:fs';
import { projectFiles } from './files.mjs';

/** The machine that installs packages chooses the registry. The repository must name no registry and hold no token. */
const TRACES = [
  /"resolved":\s*"https?:/,
  /\bhttps?:\/\/[^/\s"']*\b(registry|npm|npmjs|artifactory|nexus|verdaccio)\b[^/\s"']*\//i,
  /\bregistry\s*=\s*\S/,
  /:_(authToken|auth|password)\s*=/,
];

const BINARY = /\.(png|jpe?g|gif|ico|woff2?|gz|zip|pdf)$/i;

/** Returns one line per line of a project file that names a package registry. */
export function registryHosts(paths = projectFiles()) {
  return paths.filter((path) => !BINARY.test(path)).flatMap(tracesIn);
}

function tracesIn(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, at) =>
      TRACES.some((trace) => trace.test(line)) ? [`${path}:${at + 1} names a registry. Delete the host.`] : [],
    );
}
