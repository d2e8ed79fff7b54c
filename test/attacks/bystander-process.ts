import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { cpus } from 'node:os';

/** What the bystander is told when it starts. */
export interface Post {
  /** The program's address, without a path. */
  readonly program: string;
  /** A server of the same kind that nobody attacks. */
  readonly control: string;
  /** The key of an account that does nothing wrong. */
  readonly key: string;
  /** The processes whose memory is watched. */
  readonly pids: readonly number[];
}

/** Times of answers, in milliseconds. */
export interface Times {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** What was seen between `watch` and `report`. */
export interface Seen {
  /** `GET /health/live` of the program. */
  readonly live: Times;
  /** The same of the control server, at the same moments. */
  readonly control: Times;
  /** `GET /v1/contacts?first=1` with the key. */
  readonly reads: Times;
  /** How often each status was answered to the two; `ECONNRESET` and the like where there was no answer. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The share of the machine's time that all processes used, from 0 to 1. */
  readonly busy: number;
  /** Milliseconds for which the first process ran, and for which it was ready and had to wait because others ran. */
  readonly turns: { readonly ran: number; readonly waited: number };
  /** Resident memory of the watched processes together, in MB. */
  readonly memory: { readonly before: number; readonly peak: number; readonly after: number };
}

/** So often that a stop of a quarter of a second meets a dozen questions. */
const ASKS_EVERY_MS = 20;
const READS_EVERY_MS = 100;
const GIVES_UP_MS = 30_000;
const KB = 1_024;

/** One period of watching. Each question is put at its time, whether or not those before it were answered. */
class Watch {
  private readonly times = { live: [] as number[], control: [] as number[], reads: [] as number[] };
  private readonly statuses: Record<string, number> = {};
  private readonly memory = { before: memoryOf(post.pids), peak: 0, after: 0 };
  private readonly machine = machineNow();
  private readonly turns = turnsOf(post.pids[0] ?? 0);
  private readonly open = new Set<Promise<void>>();
  private readonly timers = [
    setInterval(() => this.look(), ASKS_EVERY_MS),
    setInterval(() => this.ask('reads', `${post.program}/v1/contacts?first=1`), READS_EVERY_MS),
  ];

  async report(): Promise<Seen> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.open);
    this.remember();
    const { live, control, reads } = this.times;
    const { statuses, memory } = this;
    const times = { live: timesOf(live), control: timesOf(control), reads: timesOf(reads) };
    return { ...times, statuses, memory, ...this.load() };
  }

  private load(): Pick<Seen, 'busy' | 'turns'> {
    const [machine, turns] = [machineNow(), turnsOf(post.pids[0] ?? 0)];
    const total = machine.total - this.machine.total;
    return {
      busy: total === 0 ? 0 : 1 - (machine.idle - this.machine.idle) / total,
      turns: { ran: turns.ran - this.turns.ran, waited: turns.waited - this.turns.waited },
    };
  }

  private look(): void {
    this.remember();
    this.ask('live', `${post.program}/health/live`);
    this.ask('control', post.control);
  }

  private remember(): void {
    this.memory.after = memoryOf(post.pids);
    this.memory.peak = Math.max(this.memory.peak, this.memory.after);
  }

  private ask(what: 'live' | 'control' | 'reads', url: string): void {
    const asked = this.answered(what, url).finally(() => this.open.delete(asked));
    this.open.add(asked);
  }

  private async answered(what: 'live' | 'control' | 'reads', url: string): Promise<void> {
    const start = performance.now();
    const status = await statusOf(url, what === 'reads' ? post.key : '');
    this.times[what].push(performance.now() - start);
    if (what !== 'control') this.statuses[status] = (this.statuses[status] ?? 0) + 1;
  }
}

const agent = new Agent({ keepAlive: true });

function statusOf(url: string, key: string): Promise<string> {
  return new Promise((resolve) => {
    const headers = key === '' ? {} : { authorization: `Bearer ${key}` };
    const request = get(url, { agent, headers, signal: AbortSignal.timeout(GIVES_UP_MS) }, (response) => {
      response.resume().once('end', () => resolve(String(response.statusCode)));
      response.once('error', (error: Error) => resolve(nameOf(error)));
    });
    request.once('error', (error) => resolve(nameOf(error)));
  });
}

function nameOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name;
}

function timesOf(times: number[]): Times {
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}

/** Ticks of all processors together since the machine started. */
function machineNow(): { total: number; idle: number } {
  const times = cpus().map(({ times }) => times);
  const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);
  return { total: sum(times.flatMap((one) => Object.values(one))), idle: sum(times.map(({ idle }) => idle)) };
}

/** Of the main thread of a process, which answers all requests: `schedstat` counts nanoseconds. */
function turnsOf(pid: number): { ran: number; waited: number } {
  const [ran = 0, waited = 0] = fileOf(`/proc/${pid}/task/${pid}/schedstat`).split(' ').map(Number);
  return { ran: Math.round(ran / 1e6), waited: Math.round(waited / 1e6) };
}

/** In MB. A process that has ended has none. */
function memoryOf(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(fileOf(`/proc/${pid}/status`))?.[1] ?? 0));
  return Math.round(kilobytes.reduce((sum, one) => sum + one, 0) / KB);
}

function fileOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const post = JSON.parse(process.argv[2] ?? '') as Post;
let watch: Watch | null = null;

async function obey(order: 'watch' | 'report'): Promise<Seen | null> {
  const seen = (await watch?.report()) ?? null;
  watch = order === 'watch' ? new Watch() : null;
  return seen;
}

process.on('message', ({ order, number }: { order: 'watch' | 'report'; number: number }) => {
  void obey(order).then((answer) => process.send?.({ number, answer }));
});
process.on('disconnect', () => process.exit());
process.stdout.write('watches\n');
