import { pathToFileURL } from 'node:url';
import { Attacker } from './attacker.js';
import type { Post } from './bystander-process.js';
import { Others } from './others.js';
import type { Child } from '../processes/child.js';
import { compiled } from '../processes/compiled.js';
import { Installation } from '../processes/installation.js';
import type { Receiver } from '../processes/receiver.js';

type Env = Readonly<Record<string, string>>;

const WATCH = pathToFileURL(compiled('test/attacks/loop-watch.ts')).href;

/** Bounds hold without the limit of requests, which only a key has, and which many keys avoid. */
const UNLIMITED = { RATE_LIMIT_PER_MINUTE: '0', DATABASE_POOL: '10' };

/** The program in a process of its own, with an account that attacks it and others that only want to go on. */
export class Siege {
  private constructor(
    readonly installation: Installation,
    readonly program: Child,
    readonly attacker: Attacker,
    readonly others: Others,
    readonly receiver: Receiver,
  ) {}

  /** Starts the program as `npm start` does, one process that answers and works, unless it is told otherwise. */
  static async lay(env: Env = {}): Promise<Siege> {
    const installation = await Installation.open({ ...UNLIMITED, ...env });
    const receiver = await installation.receiver();
    const program = await installation.start('api,worker', { NODE_OPTIONS: `--import=${WATCH}` }, true);
    const operator = new Attacker(installation.address, installation.key);
    const [attacking, bystanding] = [await accountOf(operator, 'Attacker'), await accountOf(operator, 'Bystander')];
    const control = installation.launch('test/attacks/control-process.ts');
    const [, port] = await control.says(/listens on (\d+)/);
    const post: Post = {
      program: installation.address,
      control: `http://127.0.0.1:${port}/`,
      key: bystanding.key,
      pids: [program.pid],
    };
    const words = [JSON.stringify(post)];
    const bystander = installation.launch('test/attacks/bystander-process.ts', {}, { told: true, words });
    await bystander.says(/watches/);
    const client = new Attacker(installation.address, bystanding.key);
    const others = await Others.settle({ ...bystanding, client, installation, bystander, receiver });
    return new Siege(installation, program, new Attacker(installation.address, attacking.key), others, receiver);
  }

  /** Times for which the program kept its event loop since the last call, in milliseconds, the longest first. */
  kept(): number[] {
    const said = this.program.err.slice(this.heard);
    this.heard = this.program.err.length;
    const times = [...said.matchAll(/The loop was kept for (\d+) ms/g)].map(([, ms]) => Number(ms));
    return times.sort((a, b) => b - a);
  }

  private heard = 0;

  lift(): Promise<void> {
    return this.installation.close();
  }
}

/** Another account of the installation, with its own key. */
export async function accountOf(operator: Attacker, name: string): Promise<{ id: string; key: string }> {
  const made = await operator.make<Record<string, unknown>>('POST', '/v1/accounts', { name, timeZone: 'UTC' });
  return { id: String(made.accountId), key: String(made.secret) };
}
