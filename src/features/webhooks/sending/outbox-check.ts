import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Doctor } from '../../../platform/doctor/doctor.js';
import type { Circumstances, Examined, PageOfRows } from '../../../platform/doctor/check.js';
import { stuckEvents } from './backlog.sql.js';

/** What holds of the outbox: workers empty it. */
@Injectable()
export class OutboxCheck implements OnModuleInit {
  constructor(private readonly doctor: Doctor) {}

  onModuleInit(): void {
    this.doctor.add({
      name: 'outbox_moves',
      type: 'event',
      remedy: 'Read the log of the workers: the job "fan out" fails, or is hours behind. It goes on by itself.',
      examine: (page, circumstances) => examine(page, circumstances),
      repair: null,
    });
  }
}

function examine(page: PageOfRows, { run, now, workerRuns }: Circumstances): Promise<Examined[]> {
  return workerRuns ? run<Examined>(stuckEvents(page, now)) : Promise.resolve([]);
}
