import { boundedRetryAfter, parseRetryAfter, retryDelaySeconds } from '../../../kit/retry-schedule.js';
import type { Outcome } from './exchange.js';

/** What follows from an attempt. */
export interface Verdict {
  readonly state: 'delivered' | 'pending' | 'exhausted' | 'cancelled';
  /** Seconds until the next attempt; 0 when there is none. */
  readonly delay: number;
  /** The endpoint is gone for good. */
  readonly gone: boolean;
}

interface Circumstances {
  /** Which attempt it was in this run of the schedule, from 1. */
  readonly step: number;
  /** Seconds between attempts. */
  readonly schedule: readonly number[];
  readonly now: Date;
  /** A number in [0, 1), which picks the jitter. */
  readonly random: () => number;
  /** The endpoint is a Slack channel, where each accepted attempt is one more message. */
  readonly slack?: boolean;
}

/** Slack answers these when the channel, the app or the hook is no more (docs.slack.dev, incoming webhooks: errors). */
const GONE_FROM_SLACK = [403, 404, 410];

/** 2xx is success, 410 is the end (RFC 9110 §15.5.11), all else is tried again until the schedule is exhausted. */
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

/** It may have been taken: no answer came in time. */
function isAmbiguous({ statusCode, errorCode }: Outcome): boolean {
  return statusCode === null && errorCode === 'timeout';
}
