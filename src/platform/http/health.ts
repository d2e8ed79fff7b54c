import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

@Injectable()
export class Health {
  constructor(private readonly database: Database) {}

  /** @throws Problem `unavailable` while the database does not answer. */
  async ready(): Promise<{ status: 'ok' }> {
    await this.database.system({ text: 'select 1', values: [] });
    return { status: 'ok' };
  }
}
