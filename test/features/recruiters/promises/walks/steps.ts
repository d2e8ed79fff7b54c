import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Page } from './page.js';
import type { Walked } from './walked.js';

type Step = fc.AsyncCommand<Page, Walked>;

const HOUR_MS = 3_600_000;
const ZONES = ['UTC', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata', 'Pacific/Kiritimati'] as const;
const STATUSES = ['new', 'answered', 'engaged', 'muted'] as const;

/** A step that may always be taken. The worker runs after it, unless it is down. */
function step(says: string, take: (page: Page, walked: Walked) => Promise<void>, down = false): Step {
  return {
    check: () => true,
    run: async (page, walked) => {
      await take(page, walked);
      if (!down) {
        await walked.work();
        page.work();
      }
      await walked.compare(page);
    },
    toString: () => says,
  };
}

/** Mostly the same, so that something happens to them. */
const who = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);

const parking = fc.record({ who, months: fc.constantFrom(1, 1, 2, 8) }).map(({ who, months }) =>
  step(`park(${who}, P${months}M)`, async (page, walked) => {
    page.park(who, months);
    await walked.park(who, `P${months}M`);
  }),
);

/** Days around those at which a return means something else, counted from the day until which they are parked. */
const EDGES = [-31, -30, -29, 0, 59, 60, 61] as const;

const coming = fc
  .record({
    at: fc.nat(20),
    daysAgo: fc.oneof(fc.constant(0), fc.nat(120)),
    edge: fc.option(fc.constantFrom(...EDGES)),
  })
  .map(({ at, daysAgo, edge }) =>
    step(
      `comeBack(${at}, ${edge === null ? '' : `${edge} days from the day, or `}${daysAgo} days ago)`,
      async (page, walked) => {
        const expected = page.checkBacks.at(-1 - (at % 4));
        const who = expected?.who ?? at % 4;
        const ago = edge === null || !expected ? daysAgo : expected.due.add({ days: edge }).until(page.today).days;
        const chosen = ago < 0 ? daysAgo : ago;
        const on = page.today.subtract({ days: chosen }).toString();
        await walked.comeBack(who, on, page.comeBack(who, chosen));
      },
    ),
  );

const reversing = fc.nat(30).map((at) =>
  step(`reverse(${at})`, async (page, walked) => {
    const candidates = page.checkBacks.filter(({ former }) => former.length > 0);
    const some = candidates.length > 0 && at % 5 > 0 ? candidates : page.checkBacks;
    const one = some[at % Math.max(1, some.length)];
    if (one) await walked.reverse(page.checkBacks.indexOf(one), page.reverse(one));
  }),
);

const editing = fc.record({ who, status: fc.constantFrom(...STATUSES) }).map(({ who, status }) =>
  step(`edit(${who}, ${status})`, async (page, walked) => {
    page.edit(who, status);
    await walked.edit(who, status);
  }),
);

const trashing = who.map((who) =>
  step(`trash or restore(${who})`, async (page, walked) => {
    const person = page.person(who);
    if (person.there) page.trash(who);
    else if (page.canRestore(who)) person.there = true;
    else return;
    await walked.trash(who, person.there);
  }),
);

const waiting = fc
  .record({ hours: fc.oneof(fc.nat(72), fc.integer({ min: 72, max: 24 * 100 })), down: fc.nat(3).map((n) => n === 0) })
  .map(({ hours, down }) =>
    step(
      `wait(${hours} hours${down ? ', the worker is down' : ''})`,
      (page, walked) => {
        page.now = page.now.add(Temporal.Duration.from({ milliseconds: hours * HOUR_MS }));
        walked.setClock(page.now.toString());
        return Promise.resolve();
      },
      down,
    ),
  );

/** Until the minute before or after a day begins on which something changes. */
const awaiting = fc
  .record({
    at: fc.nat(3),
    edge: fc.constantFrom(...EDGES),
    time: fc.constantFrom('08:59', '09:00'),
    down: fc.boolean(),
  })
  .map(({ at, edge, time, down }) =>
    step(
      `wait until ${edge} days from the day of ${at}, ${time}${down ? ', the worker is down' : ''}`,
      (page, walked) => {
        const day = page.checkBacks.at(-1 - at)?.due.add({ days: edge });
        const then = day?.toZonedDateTime({ timeZone: page.zone, plainTime: time }).toInstant();
        if (then && Temporal.Instant.compare(then, page.now) > 0) page.now = then;
        walked.setClock(page.now.toString());
        return Promise.resolve();
      },
      down,
    ),
  );

const moving = fc.constantFrom(...ZONES).map((zone) =>
  step(`move to ${zone}`, async (page, walked) => {
    page.zone = zone;
    await walked.move(zone);
  }),
);

/** What makes something happen is there more often. */
export const steps = [
  ...[parking, parking, parking, coming, coming, coming, coming, coming, waiting, awaiting, awaiting, awaiting],
  ...[reversing, reversing, editing, trashing, moving],
];
