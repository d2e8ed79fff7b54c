import { Module } from '@nestjs/common';
import './check-back.belongings.js';
import { CheckBackChecks } from './check-back-checks.js';
import { CheckBackEnds } from './check-back-ends.js';
import { CheckBacksController } from './check-backs.controller.js';
import './check-backs.relations.js';
import { CheckBacksResolver } from './check-backs.resolver.js';
import { CheckBacksService } from './check-backs.service.js';
import { Parking } from './parking.js';

@Module({
  controllers: [CheckBacksController],
  providers: [CheckBacksService, CheckBackChecks, CheckBackEnds, CheckBacksResolver, Parking],
  exports: [CheckBacksService, Parking],
})
export class CheckBacksModule {}
