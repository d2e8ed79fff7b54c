import { TextLane } from '../../../src/platform/graphql/lane/text-lane.js';
import { TestProgram } from '../../harness/program.js';
import { ask } from './asking.js';
import type { Reply } from './asking.js';
import { seedCareer } from './career.js';
import type { Career } from './career.js';

/** Two programs over one database: one with the text lane, one without. */
export class TwoLanes {
  private constructor(
    readonly text: TestProgram,
    readonly ordinary: TestProgram,
    readonly career: Career,
  ) {}

  static async start(): Promise<TwoLanes> {
    const text = await TestProgram.start({});
    const ordinary = await TestProgram.start({ database: text.database, textLane: { on: false } });
    return new TwoLanes(text, ordinary, await seedCareer(text));
  }

  async stop(): Promise<void> {
    await this.ordinary.stop();
    await this.text.stop();
  }

  /** How many operations the text lane has answered. */
  get answered(): number {
    return this.text.app.get(TextLane).answered;
  }

  /** Both lanes' answers; equal in all but the space between tokens, which JSON does not count (RFC 8259 §2). */
  async inBoth(operation: object, key: string | null = this.text.key): Promise<[Reply, Reply]> {
    return [await ask(this.text, operation, key), await ask(this.ordinary, operation, key)];
  }
}
