import { Module } from '@nestjs/common';
import { IntroductionsController } from './introductions.controller.js';
import { IntroductionsResolver } from './introductions.resolver.js';
import { IntroductionsService } from './introductions.service.js';

@Module({
  controllers: [IntroductionsController],
  providers: [IntroductionsService, IntroductionsResolver],
})
export class IntroductionsModule {}
