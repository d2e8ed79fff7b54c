import { Module } from '@nestjs/common';
import { facesOf } from '../faces.js';
import { SavedFilter } from './saved-filter.entity.js';
import './saved-filter.mentions.js';
import { CreateSavedFilterInput, UpdateSavedFilterInput } from './saved-filter.inputs.js';
import { SavedFiltersService } from './saved-filters.service.js';

const { controller, resolver } = facesOf(SavedFilter, {
  create: CreateSavedFilterInput,
  update: UpdateSavedFilterInput,
  remove: true,
  service: SavedFiltersService,
});

/** Filters of lists, saved under names. */
@Module({ controllers: [controller], providers: [SavedFiltersService, resolver] })
export class SavedFiltersModule {}
