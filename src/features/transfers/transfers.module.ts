import { Module } from '@nestjs/common';
import { facesOf } from '../../platform/resources/faces.js';
import { AccountExport } from './account-export.service.js';
import { Layout } from './layout.service.js';
import { TransferJobs } from './transfer-jobs.js';
import { TransferSteps } from './transfer-steps.js';
import { Transfer } from './transfer.entity.js';
import { TransfersController } from './transfers.controller.js';
import { TransfersService } from './transfers.service.js';

const transfers = facesOf(Transfer, { scope: 'transfers', tag: 'Account', service: TransfersService });

@Module({
  controllers: [TransfersController, transfers.controller],
  providers: [AccountExport, Layout, TransferJobs, TransferSteps, TransfersService, transfers.resolver],
})
export class TransfersModule {}
