import { setTimeout as delay } from 'node:timers/promises';
import type { Attacker } from './attacker.js';
import type { Seen } from './bystander-process.js';
import type { Others } from './others.js';
import { tell } from '../harness/figures.js';

/** What others felt while an attack ran, and the attacker's own answers. */
export interface Felt {
  readonly name: string;
  /** How long the attack took, in milliseconds. */
  readonly took: number;
  readonly during: Seen;
  /** The same questions before the attack, and after it. */
  readonly calm: Seen;
  readonly after: Seen;
  /** The latest ring of the others, in milliseconds, and how many there were. */
  readonly ring: { readonly count: number; readonly latest: number };
  readonly attacker: Readonly<Record<string, number>>;
}

/** What others may feel at most. */
export interface Bounds {
  /** The 99th percentile of `GET /health/live`, in milliseconds. */
  readonly liveP99: number;
  /** Milliseconds between the time of a ring and its arrival. */
  readonly ringLate: number;
  /** MB by which the memory of the program grows. */
  readonly memory: number;
}

/** One attacker. */
export const ALONE: Bounds = { liveP99: 250, ringLate: 2_000, memory: 150 };
/** Thirty attackers at once. */
export const THIRTY: Bounds = { ...ALONE, liveP99: 1_000 };

interface Attack {
  readonly name: string;
  readonly others: Others;
  readonly attacker: Attacker;
  /** How long others are watched after the attack, where what it left behind works on, in milliseconds. */
  readonly afterwards?: number;
}

const CALM_MS = 2_000;
/** Without other load, half of the smallest machine is idle while nothing is attacked. */
const BUSY = 0.6;
/** A short attack is watched for this long, so that the 99th percentile is more than the slowest answer. */
const LEAST_MS = 3_000;
const AFTERWARDS_MS = 1_000;
const LONGEST_S = 120;

/** Runs an attack, and measures what others feel meanwhile. */
export async function feltBy(of: Attack, attack: () => Promise<unknown>): Promise<Felt> {
  const { name, others, attacker, afterwards = AFTERWARDS_MS } = of;
  await others.remind(LONGEST_S);
  await others.watch();
  await delay(CALM_MS);
  const calm = await others.watch();
  const from = new Date();
  const before = { ...attacker.statuses };
  await Promise.all([attack().then(() => delay(afterwards)), delay(LEAST_MS)]);
  const to = new Date();
  const during = (await others.watch()) as Seen;
  await delay(CALM_MS / 2);
  const after = await others.report();
  const late = await others.lateness(from, to);
  const felt: Felt = {
    name,
    took: to.getTime() - from.getTime(),
    during,
    calm: calm ?? during,
    after,
    ring: { count: late.length, latest: Math.max(...late) },
    attacker: since(before, attacker.statuses),
  };
  tell(told(felt));
  return felt;
}

/** @throws Error with the figures, when others felt more than the bounds allow, or the attacker was answered what nobody should be */
export function expectUnharmed(felt: Felt, bounds: Bounds = ALONE): void {
  const harms = harmsOf(felt, bounds);
  if (harms.length > 0) throw new Error(`Others were harmed:\n  ${harms.join('\n  ')}\n${told(felt)}`);
}

/** Every bound that was broken, in words. */
export function harmsOf(felt: Felt, bounds: Bounds = ALONE): string[] {
  const { during, ring, attacker } = felt;
  const grown = during.memory.peak - during.memory.before;
  const live = Math.round((during.live.p99 - machineOf(felt)) * shareOf(felt));
  const ill = Object.entries(during.statuses).filter(([status]) => status !== '200');
  const failed = Object.keys(attacker).filter((status) => /^5\d\d/.test(status) && status !== '503 Retry-After');
  return [
    ...(live < bounds.liveP99 ? [] : [`/health/live took ${live} ms (p99) beyond what the machine takes.`]),
    ...(ring.count > 0 && ring.latest * shareOf(felt) <= bounds.ringLate
      ? []
      : [`Of ${ring.count} rings one was ${ring.latest} ms late.`]),
    ...(grown <= bounds.memory ? [] : [`The memory grew by ${grown} MB.`]),
    ...ill.map(([status, count]) => `Others were answered ${status} ${count} times.`),
    ...failed.map((status) => `The attacker was answered ${status}.`),
  ];
}

/**
 * What the machine itself takes, busy as it is with other things: as long as a server takes that nobody attacks, at the
 * same moments, or the program takes just before.
 */
function machineOf({ during, calm }: Felt): number {
  return Math.max(during.control.p99, calm.live.p99);
}

/**
 * The share of the time that the program got of what it wanted, where the machine is busy with other things: before the attack
 * and after it too. Whom others keep from running takes longer for everything.
 */
function shareOf({ during: { turns }, calm, after }: Felt): number {
  if (Math.max(calm.busy, after.busy) < BUSY) return 1;
  return turns.ran / Math.max(1, turns.ran + turns.waited);
}

function since(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>) {
  const grown = Object.entries(after).map(([status, count]) => [status, count - (before[status] ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count > 0));
}

function told({ name, took, during, calm, after, ring, attacker }: Felt): string {
  const { live, control, reads, memory, statuses } = during;
  return [
    `${name} (${took} ms): live p50 ${live.p50}, p99 ${live.p99}, most ${live.most} ms`,
    `  calm before p99 ${calm.live.p99}, control p99 ${control.p99}, reads p99 ${reads.p99} ms`,
    `  busy ${calm.busy.toFixed(2)} before, ${after.busy.toFixed(2)} after; ran ${during.turns.ran}, waited ${during.turns.waited} ms`,
    `  ${ring.count} rings, latest ${ring.latest} ms; memory ${memory.before} → ${memory.peak} → ${memory.after} MB`,
    `  others ${JSON.stringify(statuses)}, attacker ${JSON.stringify(attacker)}`,
  ].join('\n');
}
