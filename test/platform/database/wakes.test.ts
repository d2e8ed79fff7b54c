import { InstallationService } from '../../../src/features/accounts/installation.service.js';
import type { Actor } from '../../../src/platform/actor/actor.js';
import { Database } from '../../../src/platform/database/database.js';
import { topic } from '../../../src/platform/database/topics.js';
import { Wakeups } from '../../../src/platform/database/wakeups.js';
import { TestProgram } from '../../harness/program.js';

const BELL = topic('bell');

describe('what a transaction wakes', () => {
  let program: TestProgram;
  let database: Database;
  let operator: Actor;
  let arrived = 0;

  beforeAll(async () => {
    program = await TestProgram.start();
    database = program.app.get(Database);
    operator = await program.app.get(InstallationService).operatorOf(null);
    program.app.get(Wakeups).on(BELL, () => (arrived += 1));
  });
  afterAll(() => program.stop());
  beforeEach(() => (arrived = 0));

  const ring = (actor: Actor): Promise<number> =>
    database.write(actor, (tx) => {
      tx.wake(BELL);
      tx.wake(BELL);
      return Promise.resolve(arrived);
    });
  const fail = (actor: Actor): Promise<number> =>
    database.write(actor, (tx) => {
      tx.wake(BELL);
      return Promise.reject(new Error('no'));
    });

  it('wakes once, after the commit', async () => {
    expect(await ring(operator)).toBe(0);
    expect(arrived).toBe(1);
  });

  it('wakes nobody when it is rolled back', async () => {
    await expect(fail(operator)).rejects.toThrow('no');
    expect(arrived).toBe(0);
  });

  it('waits for the end of a unit of work, and then wakes once', async () => {
    const inside = await database.together(operator, async (actor) => {
      await ring(actor);
      await database.together(actor, ring);
      return arrived;
    });
    expect([inside, arrived]).toEqual([0, 1]);
  });

  it('wakes nobody for a unit that fails, nor for the part of one that fails alone', async () => {
    const failing = database.together(operator, async (actor) => {
      await ring(actor);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await database.together(operator, async (actor) => {
      await expect(database.together(actor, fail)).rejects.toThrow('no');
    });
    expect(arrived).toBe(0);
  });

  it('has one owner for a name', () => {
    expect(() => topic('bell')).toThrow('The topic bell is declared twice.');
  });
});
