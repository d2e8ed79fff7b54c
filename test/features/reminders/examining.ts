import { doctor } from '../../../src/app/doctor.js';
import { Doctor } from '../../../src/platform/doctor/doctor.js';
import type { Finding } from '../../../src/platform/doctor/check.js';
import type { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

/** What scenarios of the doctor break, see and mend. */
export class Examining {
  private constructor(
    readonly shared: TestProgram,
    readonly on: Ringing,
  ) {}

  static async of(shared: TestProgram): Promise<Examining> {
    return new Examining(shared, await Ringing.over('rest', shared));
  }

  sql(text: string) {
    return this.shared.pool.query(text);
  }

  async findings(workerRuns = false): Promise<Finding[]> {
    const found: Finding[] = [];
    for await (const finding of this.shared.app.get(Doctor).findings(workerRuns)) found.push(finding);
    return found;
  }

  async wrongs(workerRuns = false): Promise<string[]> {
    return (await this.findings(workerRuns)).map(({ check, wrong }) => `${check}: ${wrong}`);
  }

  /** Mends everything, as the command does; answers the events of it. */
  async mend(): Promise<string[]> {
    await this.on.events();
    const left = await this.repair();
    expect(left).toBe(0);
    expect(await this.wrongs()).toEqual([]);
    const events = await this.on.events();
    await this.repair();
    expect(await this.on.events()).toEqual([]);
    return events;
  }

  private repair(): Promise<number> {
    return doctor(this.shared.app, { repair: true, json: false, say: () => undefined });
  }
}
