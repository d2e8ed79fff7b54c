import { FanOut } from '../../../src/features/webhooks/sending/fan-out.js';
import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { WebhookFace } from './webhook-faces.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** Events wait in the outbox until the test fans them out, as they do when the workers are busy or away. */
describe.each(faces)('what happened before an endpoint was made or activated, over %s', (name) => {
  let program: TestProgram;
  let webhooks: WebhookFace;
  let id: string;

  const renameTo = (text: string) => webhooks.rest('patch', '/v1/account', { name: text });
  const act = (noun: string, verb: string) => faceOf(name, program).act({ type: 'Webhook', id, noun, verb });
  const make = async (): Promise<void> => {
    const { data } = await webhooks.create({ url: 'https://example.com/hook', eventTypes: ['account.*'] });
    id = String(data.id);
  };
  const heard = async (): Promise<string[]> => {
    while (await program.app.get(FanOut).fanOut());
    const { rows } = await program.pool.query<{ name: string }>(
      `select e.data ->> 'name' as name from deliveries d join events e on e.account_id = d.account_id and e.id = d.event_id
        where d.webhook_id = $1 and e.type = 'account.updated' order by e.sequence`,
      [id],
    );
    return rows.map((row) => row.name);
  };
  beforeEach(async () => {
    program = await shared.asAnother();
    webhooks = new WebhookFace(name, program);
  });

  it('is not sent there, however long it waits', async () => {
    await renameTo('Before');
    await make();
    await renameTo('Made');
    expect(await heard()).toEqual(['Made']);
    await act('pause', 'pauseWebhook');
    await renameTo('Paused');
    await act('activation', 'activateWebhook');
    await renameTo('Activated');
    await act('activation', 'activateWebhook');
    expect(await heard()).toEqual(['Made', 'Activated']);
  });

  it('is what was committed by then: what began before it and ended after it is sent', async () => {
    const { id: account } = (await webhooks.rest('get', '/v1/account')).data as { id: string };
    const other = await program.pool.connect();
    const rename = (text: string) =>
      other.query(
        `with event as (insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
            values ($1::uuid, new_id(), 'account.updated', 'account', $1, now(), json_build_object('name', $2::text)) returning account_id, id)
          insert into outbox (account_id, event_id) select account_id, id from event`,
        [account, text],
      );
    try {
      await other.query('begin');
      await rename('Slow');
      await renameTo('Quick');
      await make();
      await other.query('commit');
      expect(await heard()).toEqual(['Slow']);
      await act('pause', 'pauseWebhook');
      await other.query('begin');
      await rename('Slow again');
      await act('activation', 'activateWebhook');
      await other.query('commit');
      expect(await heard()).toEqual(['Slow', 'Slow again']);
    } finally {
      other.release();
    }
  });
});
