import semver from 'semver';
import { lockedPackages } from './files.mjs';

/** The first Node of each line that `engines` in package.json promises. */
const NODES = ['20.20.0', '22.13.0', '24.11.0', '26.0.0'];

/** The oldest versions without a known vulnerability, or without a bug that affected us. */
const FLOORS = {
  '@nestjs/core': '11.1.18',
  '@nestjs/platform-fastify': '11.1.19',
  '@apollo/server': '5.5.0',
  typeorm: '1.1.0',
  undici: '7.30.0',
  nodemailer: '10.0.5',
  '@modelcontextprotocol/sdk': '1.26.0',
  'class-validator': '0.14.0',
  'class-transformer': '0.3.1',
};

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Returns one line per locked copy of a package that is older than its floor; a package that is absent is fine. */
export function tooOld(locked = lockedPackages()) {
  return locked
    .filter(([path, { version }]) => FLOORS[nameOf(path)] && semver.lt(version, FLOORS[nameOf(path)]))
    .map(([path, { version }]) => `${path} is ${version}: at least ${FLOORS[nameOf(path)]} is needed.`);
}

/** Returns one line per package whose `engines` exclude a Node version that we support. */
export function enginesLeftOut(locked = lockedPackages()) {
  return locked.flatMap(([path, { engines, version }]) =>
    NODES.filter((node) => engines?.node && !semver.satisfies(node, engines.node)).map(
      (node) => `${path || 'package.json'} ${version} wants Node ${engines.node}: ${node} is left out.`,
    ),
  );
}

/** A driver that TypeORM silently prefers when it is installed, and that needs a native build. */
const UNWELCOME = ['pg-native'];

/** Returns one line per package that must not be installed at all. */
export function unwelcome(locked = lockedPackages()) {
  return locked.filter(([path]) => UNWELCOME.includes(nameOf(path))).map(([path]) => `${path} must go.`);
}
