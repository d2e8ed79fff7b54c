import { Module } from '@nestjs/common';
import { facesOf } from '../../../platform/resources/faces.js';
import { EncounterChecks } from './encounter-checks.js';
import { Encounter } from './encounter.entity.js';
import { CreateEncounterInput, UpdateEncounterInput } from './encounter.inputs.js';
import './encounters.relations.js';
import { EncountersService } from './encounters.service.js';

const encounters = facesOf(Encounter, {
  create: CreateEncounterInput,
  update: UpdateEncounterInput,
  remove: true,
  scope: 'contacts',
  tag: 'Encounters',
  service: EncountersService,
});

@Module({
  controllers: [encounters.controller],
  providers: [EncountersService, EncounterChecks, encounters.resolver],
})
export class EncountersModule {}
