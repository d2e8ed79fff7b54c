import { Module } from '@nestjs/common';
import { facesOf } from '../../../platform/resources/faces.js';
import { Erasure } from './erasure.entity.js';
import { ErasuresController } from './erasures.controller.js';
import { ErasuresResolver } from './erasures.resolver.js';
import { ErasuresService } from './erasures.service.js';
import { Removal } from './removal.service.js';
import { TrashPurge } from './trash-purge.js';

const erasures = facesOf(Erasure, { scope: 'contacts', tag: 'Contacts', service: ErasuresService });

@Module({
  controllers: [ErasuresController, erasures.controller],
  providers: [ErasuresService, Removal, TrashPurge, ErasuresResolver, erasures.resolver],
  exports: [Removal],
})
export class ErasingModule {}
