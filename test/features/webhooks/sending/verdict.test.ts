import { verdictOf } from '../../../../src/features/webhooks/sending/verdict.js';

const schedule = [5, 300];
const now = new Date('2026-03-02T10:00:00.000Z');

function verdict(statusCode: number | null, step = 1, retryAfter: string | null = null) {
  const outcome = { statusCode, errorCode: null, retryAfter, response: null, durationMs: 1 };
  return verdictOf(outcome, { step, schedule, now, random: () => 0.5 });
}

function ofSlack(statusCode: number | null, errorCode: string | null) {
  const outcome = { statusCode, errorCode, retryAfter: null, response: null, durationMs: 1 };
  return verdictOf(outcome, { step: 1, schedule, now, random: () => 0.5, slack: true });
}

describe('verdictOf', () => {
  it.each([200, 201, 202, 204, 299])('%i is delivered', (statusCode) => {
    expect(verdict(statusCode)).toEqual({ state: 'delivered', delay: 0, gone: false });
  });

  it.each([null, 300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 429, 500, 502, 503, 599, 999])(
    '%p is tried again',
    (statusCode) => expect(verdict(statusCode)).toEqual({ state: 'pending', delay: 5, gone: false }),
  );

  it('410 is the end of the endpoint, in whatever round', () => {
    expect(verdict(410)).toEqual({ state: 'cancelled', delay: 0, gone: true });
    expect(verdict(410, 3)).toEqual({ state: 'cancelled', delay: 0, gone: true });
  });

  it('follows the schedule to its end', () => {
    expect(verdict(500, 2)).toEqual({ state: 'pending', delay: 300, gone: false });
    expect(verdict(500, 3)).toEqual({ state: 'exhausted', delay: 0, gone: false });
    expect(verdict(200, 3)).toEqual({ state: 'delivered', delay: 0, gone: false });
  });

  it.each([
    ['1', 5],
    ['7', 7],
    ['3600', 10],
    ['Mon, 02 Mar 2026 10:00:08 GMT', 8],
    ['soon', 5],
    ['-3', 5],
  ])('Retry-After %j waits %i s', (retryAfter, delay) => {
    expect(verdict(503, 1, retryAfter)).toEqual({ state: 'pending', delay, gone: false });
  });

  it.each([403, 404, 410])('%i from Slack ends the delivery and the endpoint', (statusCode) => {
    expect(ofSlack(statusCode, null)).toEqual({ state: 'exhausted', delay: 0, gone: true });
  });

  it('what Slack may have taken is not sent again, all else is', () => {
    expect(ofSlack(null, 'timeout')).toEqual({ state: 'exhausted', delay: 0, gone: false });
    expect(ofSlack(null, 'connection_refused')).toEqual({ state: 'pending', delay: 5, gone: false });
    expect(ofSlack(429, null)).toEqual({ state: 'pending', delay: 5, gone: false });
    expect(ofSlack(500, null)).toEqual({ state: 'pending', delay: 5, gone: false });
    expect(ofSlack(200, null)).toEqual({ state: 'delivered', delay: 0, gone: false });
  });

  it('Retry-After does not outlive the schedule', () => {
    expect(verdict(503, 3, '60')).toEqual({ state: 'exhausted', delay: 0, gone: false });
  });
});
