import { Module } from '@nestjs/common';
import { ChangesController } from './changes.controller.js';
import { ChangesResolver } from './changes.resolver.js';
import { ChangesService } from './changes.service.js';

/** The log, read page by page on both faces. */
@Module({ controllers: [ChangesController], providers: [ChangesService, ChangesResolver] })
export class ChangesModule {}
