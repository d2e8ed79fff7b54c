import { Module } from '@nestjs/common';
import { facesOf } from '../../../platform/resources/faces.js';
import { CirclesModule } from '../circles/circles.module.js';
import { EncounterChecks } from './encounter-checks.js';
import { Encounter } from './encounter.entity.js';
import { CreateEncounterInput, UpdateEncounterInput } from './encounter.inputs.js';
import './encounters.relations.js';
import { EncountersService } from './encounters.service.js';
import { FollowUpsService } from './wrap-up/follow-ups.service.js';
import { WrapUpController } from './wrap-up/wrap-up.controller.js';
import { WrapUpResolver } from './wrap-up/wrap-up.resolver.js';
import { WrapUpService } from './wrap-up/wrap-up.service.js';

const encounters = facesOf(Encounter, {
  create: CreateEncounterInput,
  update: UpdateEncounterInput,
  remove: true,
  scope: 'contacts',
  tag: 'Encounters',
  service: EncountersService,
});

@Module({
  imports: [CirclesModule],
  controllers: [encounters.controller, WrapUpController],
  providers: [EncountersService, EncounterChecks, FollowUpsService, WrapUpService, WrapUpResolver, encounters.resolver],
  exports: [EncountersService, FollowUpsService],
})
export class EncountersModule {}
