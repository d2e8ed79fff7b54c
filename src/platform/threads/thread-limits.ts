/** What one order may cost the thread that carries it out. */
export interface ThreadLimits {
  /** What it may compute, in milliseconds. */
  readonly mostMs: number;
  /** Its longest time where the machine is busy with other things, in milliseconds. */
  readonly longestMs: number;
  /** What the thread may keep, in MB. Bytes outside the heap of V8, such as those of a file, do not count. */
  readonly mostMb: number;
}
