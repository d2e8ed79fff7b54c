import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The text of an answer, unless it is larger than an answer may be: then it does not leave the database. */
export class BoundedAnswers1764000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create function bounded_answer(answer text, most int) returns text language plpgsql immutable parallel safe as $$
      begin
        if octet_length(answer) > most then
          raise exception '%', octet_length(answer) using errcode = 'KT002';
        end if;
        return answer;
      end $$`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
