import { Module } from '@nestjs/common';
import { DuplicatesController } from './duplicates.controller.js';
import './duplicates.relations.js';
import { DuplicatesResolver } from './duplicates.resolver.js';
import { DuplicatesService } from './duplicates.service.js';

@Module({
  controllers: [DuplicatesController],
  providers: [DuplicatesService, DuplicatesResolver],
})
export class DuplicatesModule {}
