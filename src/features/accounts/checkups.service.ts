import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Log } from '../../platform/config/log.js';
import { Database } from '../../platform/database/database.js';
import { Doctor } from '../../platform/doctor/doctor.js';
import type { Finding } from '../../platform/doctor/check.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { checkupDone, claimCheckup } from './checkups.sql.js';
import { InstallationService } from './installation.service.js';

/** Does once what `kith doctor --repair` does when a migration asks for it, because only the program can plan what is missing. */
@Injectable()
export class CheckupsService implements OnModuleInit {
  /** Only migrations ask, and they run before the program: what is not there at first does not come. */
  private isDone = false;

  constructor(
    private readonly database: Database,
    private readonly doctor: Doctor,
    private readonly installation: InstallationService,
    private readonly ticker: Ticker,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.ticker.add({ name: 'check up', run: () => this.tick() });
  }

  private async tick(): Promise<null> {
    if (!this.isDone) this.isDone = await this.checkUp();
    return null;
  }

  /** False while another worker is at it: if that one is killed, its lease ends. */
  async checkUp(): Promise<boolean> {
    const [asked] = await this.database.system<{ id: string; claimed: boolean }>(claimCheckup());
    if (!asked) return true;
    if (!asked.claimed) return false;
    let mended = 0;
    for await (const finding of this.doctor.findings()) mended += await this.mend(finding);
    await this.database.system(checkupDone(asked.id));
    this.log.info(`${mended} findings of an older release are mended.`, 'Checkups');
    return true;
  }

  private async mend(finding: Finding): Promise<number> {
    try {
      return Number(await this.doctor.repair(finding, await this.installation.operatorOf(finding.accountId)));
    } catch (error) {
      this.log.warn(`the ${finding.type} ${finding.id} is not mended`, 'Checkups', error);
      return 0;
    }
  }
}
