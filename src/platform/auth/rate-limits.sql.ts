import type { Statement } from '../database/tx.js';

interface WantedLease {
  readonly accountId: string;
  readonly keyId: string;
  readonly wanted: number;
  readonly seconds: number;
  readonly now: Date | null;
}

/** Reserves requests for a process in the current window; the database's clock determines the window. */
export function takeLease({ accountId, keyId, wanted, seconds, now }: WantedLease): Statement {
  return {
    text: `insert into rate_windows as w (account_id, key_id, window_start, used)
      select $1, $2, date_bin(make_interval(secs => $4), coalesce($5::timestamptz, now()), 'epoch'), $3::integer
      on conflict (account_id, key_id) do update
        set window_start = excluded.window_start,
            used = excluded.used + case when w.window_start = excluded.window_start then w.used else 0 end
      returning used, ceil(extract(epoch from window_start - coalesce($5::timestamptz, now())) * 1000 + $4::float8 * 1000)::integer as "endsInMs"`,
    values: [accountId, keyId, wanted, seconds, now],
  };
}
