import { InstallationService } from '../../../../src/features/accounts/installation.service.js';
import { CheckBacksService } from '../../../../src/features/recruiters/promises/check-backs.service.js';
import { Database } from '../../../../src/platform/database/database.js';
import { TestProgram } from '../../../harness/program.js';
import { Expecting } from './expecting.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe('what a file of an account brought along', () => {
  it.each([`{"state": "kept"}`, `{"state": "open", "returnedOn": "soon"}`, '[]'])(
    'is no return that could be taken back: %s',
    async (former) => {
      const on = await Expecting.over('rest', shared);
      await on.begin();
      const { checkBack } = await on.parked();
      await on.program.pool.query('update check_backs set former = $1 where id = $2', [former, checkBack]);
      expect((await on.reverse(checkBack)).code).toBe('conflict');
      await on.program.pool.query('update check_backs set former = null');
    },
  );
});

describe('what other features note', () => {
  it('is settled in their transaction, by the moment, and nothing doubled', async () => {
    const on = await Expecting.over('rest', shared);
    await on.begin();
    const { id, checkBack } = await on.parked();
    const { rows } = await on.program.pool.query<{ account_id: string }>(
      'select account_id from recruiters where id = $1',
      [id],
    );
    const actor = await shared.app.get(InstallationService).operatorOf(rows[0]?.account_id ?? '');
    const returned = (at: string) =>
      shared.app
        .get(Database)
        .write(actor, (tx) => shared.app.get(CheckBacksService).returned(tx, id, new Date(at), 'A message'));
    expect(await returned('2026-06-30T09:59:59.999Z')).toMatchObject({ kept: [], early: [] });
    expect(await returned('2026-06-30T10:00:00.000Z')).toMatchObject({ kept: [], early: [checkBack] });
    expect(await returned('2026-06-30T10:00:00.000Z')).toMatchObject({ kept: [], early: [] });
    await on.at('2027-02-01T10:00:00.000Z');
    expect(await returned('2030-01-01T10:00:00.000Z')).toMatchObject({ kept: [checkBack], early: [] });
    expect(await on.checkBacks(id)).toMatchObject([{ returnedOn: '2027-02-01', evidence: 'A message' }]);
    expect(await returned('2027-02-01T10:00:00.000Z')).toMatchObject({ kept: [], early: [] });
  });
});
