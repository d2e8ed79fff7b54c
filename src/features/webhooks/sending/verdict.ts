import { randomInt } from 'node:crypto';
import { boundedRetryAfter, parseRetryAfter, retryDelaySeconds } from '../../../kit/retry-schedule.js';
import type { Outcome } from './exchange.js';

/** What to do after an attempt. */
export interface Verdict {
  readonly state: 'delivered' | 'pending' | 'exhausted' | 'cancelled';
  /** Seconds until the next attempt; 0 when there is none. */
  readonly delay: number;
  /** Whether the endpoint is permanently gone. */
  readonly gone: boolean;
}

interface Circumstances {
  /** The number of the attempt in this run of the schedule, from 1. */
  readonly step: number;
  /** The seconds between attempts. */
  readonly schedule: readonly number[];
  readonly now: Date;
  /** A number in [0, 1), from which the jitter is computed. */
  readonly random: () => number;
  /** Whether the endpoint is a Slack channel, where each accepted attempt is another message. */
  readonly slack?: boolean;
}

/** Slack's answers when the channel, the app or the webhook no longer exists (docs.slack.dev, incoming webhooks: errors). */
const GONE_FROM_SLACK = [403, 404, 410];

/** 2xx is success, 410 means gone (RFC 9110 §15.5.11), and anything else is tried again until the schedule is exhausted. */
export function verdictOf(outcome: Outcome, circumstances: Circumstances): Verdict {
  const { step, schedule, now, random, slack = false } = circumstances;
  const { statusCode, retryAfter } = outcome;
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) {
    return { state: 'delivered', delay: 0, gone: false };
  }
  if (slack && GONE_FROM_SLACK.includes(statusCode ?? 0)) return { state: 'exhausted', delay: 0, gone: true };
  if (slack && isAmbiguous(outcome)) return { state: 'exhausted', delay: 0, gone: false };
  if (statusCode === 410) return { state: 'cancelled', delay: 0, gone: true };
  const scheduled = retryDelaySeconds(schedule, step, random());
  if (scheduled === null) return { state: 'exhausted', delay: 0, gone: false };
  const asked = retryAfter === null ? null : parseRetryAfter(retryAfter, now);
  return { state: 'pending', delay: boundedRetryAfter(scheduled, asked), gone: false };
}

/** Whether it may have been accepted although no answer came in time. */
function isAmbiguous({ statusCode, errorCode }: Outcome): boolean {
  return statusCode === null && errorCode === 'timeout';
}

/** A number in [0, 1), so that endpoints that failed together are not tried again together. */
export function random(): number {
  return randomInt(2 ** 32) / 2 ** 32;
}
