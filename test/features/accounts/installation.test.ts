import { InstallationService } from '../../../src/features/accounts/installation.service.js';
import { TestProgram } from '../../harness/program.js';

describe('a key that the operator makes', () => {
  let program: TestProgram;
  beforeAll(async () => {
    program = await TestProgram.start();
  });
  afterAll(() => program.stop());

  it('is of the only account, or of the one that is named', async () => {
    const installation = program.app.get(InstallationService);
    const name = async (key: string) => (await program.ask('get', '/v1/account', { key })).body.name as string;
    expect(await name(await installation.addKey(null, 'Second'))).toBe('My career');
    const { accountId } = await installation.addAccount('A friend', 'UTC');
    await expect(installation.addKey(null, 'Third')).rejects.toThrow('There are several accounts: name one.');
    expect(await name(await installation.addKey(accountId, 'Named'))).toBe('A friend');
    const nobody = '01890000-0000-7000-8000-000000000000';
    await expect(installation.addKey(nobody, 'Fourth')).rejects.toThrow('There is no such account.');
  });
});
