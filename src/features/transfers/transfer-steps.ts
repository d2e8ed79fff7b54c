import { Injectable } from '@nestjs/common';
import { breathe } from '../../kit/breather.js';
import { shown } from '../../kit/text.js';
import type { Actor } from '../../platform/actor/actor.js';
import { ACTORS } from '../../platform/auth/authenticator.js';
import { Database } from '../../platform/database/database.js';
import { newestMigration } from '../../platform/database/schema-age.js';
import type { Statement, Tx } from '../../platform/database/tx.js';
import { Account } from '../accounts/account.entity.js';
import { Layout } from './layout.service.js';
import type { TravellingTable } from './layout.service.js';
import { LineJudge, RefusedLine, objectIn } from './line-judge.js';
import type { JudgedLine } from './line-judge.js';
import { withAccount } from './own-account.js';
import { addRows, deleteSome, firstFilled, linkRows, releaseSome, takeSettings } from './rows.sql.js';
import { linesFrom } from './transfer-lines.js';
import type { Transfer } from './transfer.entity.js';
import { notEmpty } from './transfers.service.js';
import { PART, readParts } from './transfers.sql.js';

const LINES_AT_ONCE = 200;
const ROWS_AT_ONCE = 500;
/** The first line and the account's. */
const HEAD = 2;

/** What a turn changes in the transfer, and what is done in the same transaction. */
export interface Step {
  readonly values: Partial<Transfer>;
  readonly work?: (tx: Tx) => Promise<void>;
}

/** A step that adds rows, with the lines that they come from. */
interface FillingStep extends Step {
  readonly judged: readonly JudgedLine[];
  readonly work: (tx: Tx) => Promise<void>;
}

interface Read {
  readonly judged: readonly JudgedLine[];
  readonly place: number;
  /** How many rows the last line says there are; null before it. */
  readonly end: number | null;
  readonly settings: object | null;
}

/** The parts of the work on a file, each short, and each leaving its place so that another worker can go on. */
@Injectable()
export class TransferSteps {
  private judge: Promise<LineJudge> | null = null;

  constructor(
    private readonly database: Database,
    private readonly layout: Layout,
  ) {}

  /** Reads some lines and changes nothing but its place. At the end the work begins again from the start, now to fill. */
  async check(actor: Actor, it: Transfer): Promise<Step> {
    const { judged, place, end, settings } = await this.read(actor, it);
    const done = it.done + judged.length;
    const rank = judged.at(-1)?.rank ?? it.rank;
    if (end === null) return { values: { place, done, rank, ...(settings ? { settings } : {}) } };
    if (end !== done) {
      throw new RefusedLine(
        done + HEAD + 1,
        `The file has ${done} rows and ends by saying ${end}: some of it is missing.`,
      );
    }
    const values = { state: 'filling' as const, total: done, done: 0, rank: 0, place: 0 };
    return { values: { ...values, ...(settings ? { settings } : {}) }, work: (tx) => this.assertEmpty(tx) };
  }

  /** Adds some rows. At the end the account takes over the settings. */
  async fill(actor: Actor, it: Transfer): Promise<FillingStep> {
    const { judged, place, end } = await this.read(actor, it);
    const values = { place, done: it.done + judged.length, rank: judged.at(-1)?.rank ?? it.rank };
    const work = (tx: Tx): Promise<void> => this.add(tx, judged);
    if (end === null) return { values, judged, work };
    const columns = await this.layout.settings();
    const finish = async (tx: Tx): Promise<void> => {
      await work(tx);
      await tx.run(takeSettings(actor.accountId, columns, JSON.stringify(it.settings)));
      tx.wake(ACTORS);
    };
    return { values: { ...values, state: 'releasing' }, judged, work: finish };
  }

  /** The first of these lines that the database refuses; they are added one by one, and nothing is kept. */
  async culprit(actor: Actor, judged: readonly JudgedLine[]): Promise<number | null> {
    let line: number | null = null;
    try {
      await this.database.write(actor, async (tx) => {
        for (const one of judged) {
          line = one.line;
          await this.add(tx, [one]);
        }
        throw new Error('Each by itself is accepted.');
      });
    } catch {
      return line;
    }
    return line;
  }

  /** Lets some of the times go that workers wait for. Returns whether there were some. */
  async release(tx: Tx): Promise<boolean> {
    const held = (await this.layout.tables()).filter((table) => table.held !== null);
    return someOf(tx, held, releaseSome);
  }

  /** Deletes some of what was filled in. Returns whether there was something. */
  async undo(tx: Tx): Promise<boolean> {
    return someOf(tx, [...(await this.layout.tables())].reverse(), deleteSome);
  }

  private async add(tx: Tx, judged: readonly JudgedLine[]): Promise<void> {
    const { accountId } = tx.actor;
    for (const lines of groupsOf(judged)) {
      const [first] = lines;
      if (!first) continue;
      const text = `[${lines.map((line) => line.text).join(',')}]`;
      await tx.run(
        first.part === 'row' ? addRows(accountId, first.table, text) : linkRows(accountId, first.table, text),
      );
    }
  }

  private async assertEmpty(tx: Tx): Promise<void> {
    const [filled] = await tx.run<{ name: string }>(firstFilled(tx.actor.accountId, await this.layout.tables()));
    if (filled) throw notEmpty(filled.name);
  }

  private async read(actor: Actor, it: Transfer): Promise<Read> {
    const isStart = it.place === 0;
    const before = isStart ? 0 : it.done + HEAD;
    const statement = readParts(actor.accountId, it.id, Math.floor(it.place / PART));
    const parts = await this.database.read<{ content: Buffer }>(actor, statement);
    const bytes = Buffer.concat(parts.map(({ content }) => content));
    const { lines, place } = linesFrom(bytes, it.place, it.bytes, LINES_AT_ONCE, before);
    const settings = isStart ? await this.head(lines) : null;
    const judged: JudgedLine[] = [];
    let rank = it.rank;
    for (const [at, text] of lines.entries()) {
      if (isStart && at < HEAD) continue;
      const line = before + at + 1;
      const end = endIn(text, line);
      if (end !== null) return { judged, place: this.atEnd(place, it, at === lines.length - 1, line), end, settings };
      const own = withAccount(text, actor.accountId);
      const one = await (await this.judgeOf()).row(own, line, rank);
      judged.push(one);
      rank = one.rank;
      await breathe();
    }
    if (place >= it.bytes)
      throw new RefusedLine(
        before + lines.length + 1,
        'The file ends before its last line, which says how many rows it has.',
      );
    return { judged, place, end: null, settings };
  }

  private atEnd(place: number, it: Transfer, isLast: boolean, line: number): number {
    if (isLast && place >= it.bytes) return place;
    throw new RefusedLine(line + 1, 'Nothing may follow the line that ends the file.');
  }

  private async head([first = '', second = '']: readonly string[]): Promise<object> {
    const { kith, schema } = objectIn(first, 1);
    if (kith !== 1) throw new RefusedLine(1, 'The first line does not say that it is the file of an account.');
    if (schema !== newestMigration()) {
      throw new RefusedLine(
        1,
        `The file has the schema ${shown(String(schema))}; here it is ${newestMigration()}. Export it from an installation of the same version.`,
      );
    }
    return (await this.judgeOf()).settings(second, await this.layout.settings(), Account);
  }

  private judgeOf(): Promise<LineJudge> {
    this.judge ??= this.layout.tables().then((tables) => new LineJudge(tables));
    return this.judge;
  }
}

/** How many rows the file has, if this is the line that ends it. */
function endIn(text: string, line: number): number | null {
  if (!text.startsWith('{"end"')) return null;
  const { end } = objectIn(text, line);
  return Number.isInteger(end) ? (end as number) : null;
}

/** Lines that follow each other and are of one kind. */
function groupsOf(judged: readonly JudgedLine[]): JudgedLine[][] {
  const groups: JudgedLine[][] = [];
  for (const one of judged) {
    const last = groups.at(-1);
    if (last && last[0]?.rank === one.rank) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

async function someOf(
  tx: Tx,
  tables: readonly TravellingTable[],
  statement: (accountId: string, table: TravellingTable, most: number) => Statement,
): Promise<boolean> {
  for (const table of tables) {
    const [done] = await tx.run<{ count: number }>(statement(tx.actor.accountId, table, ROWS_AT_ONCE));
    if ((done?.count ?? 0) > 0) return true;
  }
  return false;
}
