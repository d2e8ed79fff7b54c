import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { inserted, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import { Problem } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import { wholeView } from '../../platform/projection/projection.js';
import { ReadService } from '../../platform/resources/resource-service.js';
import { Layout } from './layout.service.js';
import { firstFilled } from './rows.sql.js';
import { Transfer } from './transfer.entity.js';
import { TRANSFERS } from './transfer.topics.js';
import { PART, dropParts, keepPart } from './transfers.sql.js';

/** The largest file. */
const MOST_BYTES = 536_870_912;
/** No request takes longer than this. A file that is still not whole then has lost its request. */
const LONGEST_REQUEST_MS = 900_000;

/** Files of whole accounts: received here, applied by a worker. */
@Injectable()
export class TransfersService extends ReadService {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly layout: Layout,
  ) {
    super(database, Transfer);
  }

  /**
   * Keeps the file part by part, as it arrives.
   *
   * @throws Problem `conflict` when the account has rows, or another file is in progress
   */
  async receive(actor: Actor, file: AsyncIterable<Buffer>): Promise<JsonText> {
    const id = newId();
    await this.begin(actor, id);
    try {
      const bytes = await this.keep(actor, id, file);
      return await this.database.write(actor, async (tx) => {
        await tx.apply(updated(Transfer, id, { state: 'checking', bytes, leaseUntil: new Date(0) }, null));
        tx.wake(TRANSFERS);
        return tx.one(Transfer, id, wholeView(Transfer));
      });
    } catch (error) {
      await this.giveUp(actor, id);
      throw error;
    }
  }

  private async begin(actor: Actor, id: string): Promise<void> {
    const tables = await this.layout.tables();
    const leaseUntil = new Date(this.clock.now().getTime() + LONGEST_REQUEST_MS);
    const values = { id, state: 'receiving' as const, leaseUntil };
    try {
      await this.database.write(actor, async (tx) => {
        const [filled] = await tx.run<{ name: string }>(firstFilled(actor.accountId, tables));
        if (filled) throw notEmpty(filled.name);
        await tx.apply(inserted(Transfer, values, null));
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'already_exists') throw error;
      throw new Problem('conflict', 'A file is on its way into this account already. Wait until it has finished.');
    }
  }

  private async keep(actor: Actor, id: string, file: AsyncIterable<Buffer>): Promise<number> {
    let [waiting, length, part, bytes] = [[] as Buffer[], 0, 0, 0];
    const store = async (content: Buffer): Promise<void> => {
      await this.database.write(actor, (tx) => tx.run(keepPart(actor.accountId, id, part, content)));
      part += 1;
    };
    for await (const chunk of file) {
      [waiting, length, bytes] = [[...waiting, chunk], length + chunk.length, bytes + chunk.length];
      if (bytes > MOST_BYTES) throw new Problem('payload_too_large', `The file has more than ${MOST_BYTES} bytes.`);
      if (length < PART) continue;
      const whole = Buffer.concat(waiting);
      let from = 0;
      for (; whole.length - from >= PART; from += PART) await store(whole.subarray(from, from + PART));
      [waiting, length] = [[whole.subarray(from)], whole.length - from];
    }
    if (length > 0) await store(Buffer.concat(waiting));
    return bytes;
  }

  private async giveUp(actor: Actor, id: string): Promise<void> {
    const failed = { state: 'failed' as const, failure: 'The file did not arrive whole.', leaseUntil: null };
    await this.database.write(actor, async (tx) => {
      await tx.run(dropParts(actor.accountId, id));
      await tx.apply(updated(Transfer, id, { ...failed, finishedAt: this.clock.now() }, null));
    });
  }
}

export function notEmpty(name: string): Problem {
  return new Problem(
    'conflict',
    `The account is not empty: it has a row of ${name}. A file goes into an empty account; make one with the operator's key.`,
  );
}
