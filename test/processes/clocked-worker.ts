import 'reflect-metadata';
import { openDependencies } from '../../src/app/dependencies.js';
import { createProgram } from '../../src/app/program.js';
import { RINGS } from '../../src/features/reminders/keeping/ring-schedule.js';
import { DELIVERIES } from '../../src/features/webhooks/webhook.topics.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { Config } from '../../src/platform/config/config.js';
import { OUTBOX } from '../../src/platform/database/topics.js';
import { Wakeups } from '../../src/platform/database/wakeups.js';

/** A clock that stands still until it is told; it rules the database's questions too. */
class ToldClock extends Clock {
  private at: Date;

  constructor(at: string) {
    super();
    this.at = new Date(at);
  }

  tell(at: string): void {
    this.at = new Date(at);
  }

  now(): Date {
    return new Date(this.at);
  }

  forSql(): Date {
    return this.now();
  }
}

/** A worker of the real program whose clock obeys the test: `node clocked-worker.js 2031-03-03T09:00:00Z`. */
const clock = new ToldClock(process.argv[2] ?? '');
const dependencies = await openDependencies(Config.read());
const app = await createProgram({ ...dependencies, clock });
const wakeups = app.get(Wakeups);

process.on('message', ({ number, at }: { number: number; at: string }) => {
  clock.tell(at);
  for (const topic of [RINGS, OUTBOX, DELIVERIES]) wakeups.arrived(topic);
  process.send?.({ number, answer: null });
});
process.on('disconnect', () => process.exit());
process.stdout.write('works\n');
