import { Module } from '@nestjs/common';
import { facesOf } from '../../../platform/resources/faces.js';
import { Favour } from './favour.entity.js';
import { CreateFavourInput, UpdateFavourInput } from './favour.inputs.js';
import './favours.relations.js';
import { FavoursService } from './favours.service.js';

const favours = facesOf(Favour, {
  create: CreateFavourInput,
  update: UpdateFavourInput,
  remove: true,
  scope: 'contacts',
  tag: 'Favours',
  service: FavoursService,
});

@Module({
  controllers: [favours.controller],
  providers: [FavoursService, favours.resolver],
})
export class FavoursModule {}
