import { Module } from '@nestjs/common';
import { EncountersModule } from '../encounters/encounters.module.js';
import { ErasingModule } from '../erasing/erasing.module.js';
import { GithubHooksController } from './github-hooks.controller.js';
import { GithubHooksResolver } from './github-hooks.resolver.js';
import { GithubHooksService } from './github-hooks.service.js';
import { DealingsService } from './receiving/dealings.service.js';
import { InboundController } from './receiving/inbound.controller.js';
import { InboundDoor } from './receiving/inbound-door.js';
import { InboundService } from './receiving/inbound.service.js';

@Module({
  imports: [EncountersModule, ErasingModule],
  controllers: [GithubHooksController, InboundController],
  providers: [GithubHooksService, GithubHooksResolver, InboundService, InboundDoor, DealingsService],
})
export class GithubModule {}
