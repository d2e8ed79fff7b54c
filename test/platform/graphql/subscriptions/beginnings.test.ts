import { faceOf } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Follower, following, transports } from './followers.js';

describe.each(transports)('subscriptions over %s', (transport) => {
  let program: TestProgram;
  beforeAll(async () => {
    program = await TestProgram.start();
  });
  afterAll(() => program.stop());

  const contact = async (name: string) => (await faceOf('rest', program).create('Contact', { name })).data;

  it('begin now, also while an open transaction holds back what was before', async () => {
    const client = await program.pool.connect();
    try {
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
      const before = await contact('Before');
      const follower = new Follower(program, transport, {}, { key: program.key });
      await contact('At the same time');
      await client.query('commit');
      await following(program, follower);
      const after = await contact('After');
      await following(program, follower);
      const seen = follower.received.map(({ subjectId }) => subjectId);
      expect(seen).not.toContain(before.id);
      expect(seen).toContain(after.id);
      await follower.leave();
    } finally {
      client.release();
    }
  });
});
