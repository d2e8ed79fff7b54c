import { connect } from 'node:net';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;

beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

/** Sends bytes as they are and reads what comes back until the connection ends. */
function exchange(bytes: string): Promise<{ readonly status: number; readonly head: string; readonly body: string }> {
  const { hostname, port } = new URL(program.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), head, body });
    });
  });
}

describe('a request that is not HTTP, or too much of it', () => {
  it.each([
    ['no HTTP at all', 'HELLO\r\n\r\n', 400, 'malformed_request'],
    [
      'a length that is no number',
      'POST /v1/contacts HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n',
      400,
      'malformed_request',
    ],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
      'malformed_request',
    ],
    ['headers of 20 kB', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
    ['an address of 20 kB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 431, 'headers_too_large'],
  ])('%s is refused as a problem', async (_, bytes, status, code) => {
    const answer = await exchange(bytes);
    expect(answer.head).toContain('content-type: application/problem+json');
    expect(JSON.parse(answer.body)).toMatchObject({ status, code, type: `urn:kith:problem:${code}` });
    expect(answer.status).toBe(status);
  });
});
