import { Module } from '@nestjs/common';
import { TagsController } from './tags.controller.js';
import './tags.relations.js';
import { TagsResolver } from './tags.resolver.js';
import { TagsService } from './tags.service.js';
import { RetagStatement } from './tags.sql.js';

@Module({
  controllers: [TagsController],
  providers: [TagsService, RetagStatement, TagsResolver],
})
export class TagsModule {}
