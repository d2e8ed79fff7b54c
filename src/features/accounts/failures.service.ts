import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Failure } from '../../platform/jobs/failure.entity.js';
import { ReadService } from '../../platform/resources/resource-service.js';

/** What the program itself failed on for an account: only read. */
@Injectable()
export class FailuresService extends ReadService {
  constructor(database: Database) {
    super(database, Failure);
  }
}
