import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that does nothing else: how long it takes to answer is what the machine takes, whatever the program does. */
const server = createServer((_request, response) => response.end('ok'));
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`listens on ${(server.address() as AddressInfo).port}\n`));
