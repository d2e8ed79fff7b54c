import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { ImportRow } from './import-row.entity.js';

/** The report of an import, row by row: only read. */
@Injectable()
export class ImportRowsService extends ReadService {
  constructor(database: Database) {
    super(database, ImportRow);
  }
}
