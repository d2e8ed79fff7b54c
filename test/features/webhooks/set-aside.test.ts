import { InstallationService } from '../../../src/features/accounts/installation.service.js';
import { PoisonedTable } from '../../harness/poison.js';
import type { Poison } from '../../harness/poison.js';
import { TestProgram } from '../../harness/program.js';
import { until } from '../../harness/until.js';
import { Receiver } from './receiver.js';

const ACCOUNTS = 20;
const EACH = 10;
const POISONED = 7;

let program: TestProgram;
let receiver: Receiver;
let accounts: { accountId: string; secret: string }[];
let hooks: string[];
let poisoned: PoisonedTable | null = null;

beforeAll(async () => {
  receiver = await Receiver.start();
  const env = { ROLES: 'api,worker', WEBHOOK_ALLOWED_HOSTS: receiver.host };
  program = await TestProgram.start({ env });
  const installation = program.app.get(InstallationService);
  accounts = await Promise.all(Array.from({ length: ACCOUNTS }, (_, n) => installation.addAccount(`A ${n}`, 'UTC')));
  hooks = await Promise.all(accounts.map(({ secret }) => endpoint(secret)));
});
afterAll(async () => {
  await program.stop();
  await receiver.stop();
});
afterEach(async () => {
  await poisoned?.mend();
  poisoned = null;
  await program.pool.query('delete from failures');
});

async function endpoint(key: string, more: object = {}): Promise<string> {
  const body = { url: receiver.url, eventTypes: ['account.updated', 'failure.*'], ...more };
  return (await program.ask('post', '/v1/webhooks', { key, body })).body.id;
}

/** Events as changes leave them. `mark` is in their data. */
async function record(accountIds: readonly string[], each: number, mark: string): Promise<void> {
  await program.pool.query(
    `with made as (insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
        select a, new_id(), 'account.updated', 'account', a, now(), json_build_object('id', a, 'name', $3::text)
        from unnest($1::uuid[]) a, generate_series(1, $2::int) returning account_id, id)
      insert into outbox select account_id, id from made`,
    [accountIds, each, mark],
  );
}

async function count(text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await program.pool.query<{ count: number }>(`select count(*)::int as count from ${text}`, values);
  return rows[0]?.count ?? 0;
}

const received = (mark: string): number =>
  receiver.of('account.updated').filter(({ body }) => body.includes(mark)).length;
const failuresOf = async (secret: string) => (await program.ask('get', '/v1/failures', { key: secret })).body.data;

describe('one of many', () => {
  const ids = (): string[] => accounts.map(({ accountId }) => accountId);
  const unlucky = () => accounts[POISONED] ?? { accountId: '', secret: '' };

  it.each<[string, Poison]>([
    ['fails', { fails: 'broken event' }],
    ['takes too long', { takes: 5 }],
  ])('event that %s to be fanned out is set aside, and all others arrive', async (what, poison) => {
    const marked = `poison ${what}`;
    const isIt = `exists (select from events e where e.id = new.event_id and e.data ->> 'name' = '${marked}')`;
    poisoned = await PoisonedTable.pour(program.pool, 'deliveries', 'insert', isIt, poison);
    await record([unlucky().accountId], 1, marked);
    await record(ids(), EACH, `good ${what}`);
    await until('the others arrive', () => received(`good ${what}`) === ACCOUNTS * EACH);
    const [failure] = await until('it is set aside', async () => {
      const all = await failuresOf(unlucky().secret);
      return all.length > 0 ? all : null;
    });
    const { rows } = await program.pool.query(`select id from events where data ->> 'name' = $1`, [marked]);
    expect(failure).toMatchObject({ job: 'fan out', subjectType: 'event', subjectId: rows[0]?.id });
    if (what === 'takes too long') {
      for (const tries of [2, 3]) {
        program.clock.advance(10_000);
        await until(`try ${tries}`, async () => (await count('failures where tries = $1', [tries])) === 1);
      }
    }
    await until('the account is told', () =>
      receiver.of('failure.set_aside').some(({ body }) => body.includes(String(failure.id))),
    );
    await poisoned.mend();
    poisoned = null;
    program.clock.advance(61_000);
    await until('it arrives after all', () => received(marked) === 1);
    await until('nothing is set aside', async () => (await count('failures')) === 0);
  });

  it('endpoint that no claim can reckon with is set aside, and all others are sent to', async () => {
    const broken = await endpoint(unlucky().secret, { throttlePerSecond: 1_000, description: 'broken' });
    await program.pool.query(`update webhooks set throttle_next_at = '9999-01-01' where id = $1`, [broken]);
    await record([unlucky().accountId], 1, 'to the broken one');
    await until('it waits', async () => {
      return (await count(`deliveries where webhook_id = $1 and state = 'pending'`, [broken])) > 0;
    });
    await record(ids(), EACH, 'beside a broken one');
    await until('the others arrive', () => received('beside a broken one') >= ACCOUNTS * EACH);
    const [failure] = await until('it is set aside', async () => {
      const all = await failuresOf(unlucky().secret);
      return all.length > 0 ? all : null;
    });
    expect(failure).toMatchObject({ job: 'deliver', subjectType: 'webhook', subjectId: broken });
    await program.pool.query('update webhooks set throttle_next_at = null where id = $1', [broken]);
    program.clock.advance(61_000);
    await until('what waited is sent', async () => {
      return (await count(`deliveries where webhook_id = $1 and state = 'pending'`, [broken])) === 0;
    });
    await until('nothing is set aside', async () => (await count('failures')) === 0);
  });

  it('endpoint whose deliveries cannot be cancelled is set aside, and those of others are', async () => {
    receiver.answer = (response) => void response.writeHead(500).end();
    await record(ids(), 1, 'to be cancelled');
    await until('all wait for another try', async () => {
      return (await count(`deliveries where state = 'pending' and attempt_count = 1`)) >= ACCOUNTS;
    });
    const condition = `new.state = 'cancelled' and new.webhook_id = '${hooks[POISONED]}'`;
    poisoned = await PoisonedTable.pour(program.pool, 'deliveries', 'update', condition, { fails: 'stuck' });
    for (const [n, { secret }] of accounts.entries())
      await program.ask('delete', `/v1/webhooks/${hooks[n]}`, { key: secret });
    const left = `deliveries where state = 'pending' and webhook_id = any($1)`;
    await until('those of the others are cancelled', async () => (await count(left, [hooks])) === 1);
    await until('it is set aside', async () => (await count(`failures where job = 'cancel deliveries'`)) === 1);
    await poisoned.mend();
    poisoned = null;
    program.clock.advance(61_000);
    await until('all are cancelled', async () => (await count(left, [hooks])) === 0);
  });
});
