import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ReadService } from '../../platform/resources/resource-service.js';
import { Occurrence } from './occurrence.entity.js';

/** Rings, read-only: they are answered by the verbs of their reminder. */
@Injectable()
export class OccurrencesService extends ReadService {
  constructor(database: Database) {
    super(database, Occurrence);
  }
}
