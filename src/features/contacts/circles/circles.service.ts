import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { ResourceService } from '../../../platform/resources/resource-service.js';
import { Circle } from './circle.entity.js';
import { circleEvents } from './circle.events.js';
import type { CreateCircleInput, UpdateCircleInput } from './circle.inputs.js';

/** Circles. The members of a deleted one are kept, and are there again when it is restored. */
@Injectable()
export class CirclesService extends ResourceService<CreateCircleInput, UpdateCircleInput> {
  constructor(database: Database) {
    super(database, Circle, circleEvents);
  }
}
