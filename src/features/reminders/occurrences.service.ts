import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ReadService } from '../../platform/resources/resource-service.js';
import { Occurrence } from './occurrence.entity.js';

/** The rings themselves: only read; a reminder's verbs answer them. */
@Injectable()
export class OccurrencesService extends ReadService {
  constructor(database: Database) {
    super(database, Occurrence);
  }
}
