import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Calendar feeds have the key that made them; those of before have none. Failures have a cause in the words of the database, for the operator: what
 * accounts were told until now may be such words.
 */
export class WhatReadersMaySee1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table calendar_feeds add column key_id uuid`);
    await runner.query(`alter table failures add column cause text`);
    await runner.query(`update failures set cause = reason, reason = 'The database refuses it.'`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
