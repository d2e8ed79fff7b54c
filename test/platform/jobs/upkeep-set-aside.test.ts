import { InstallationService } from '../../../src/features/accounts/installation.service.js';
import { Doctor } from '../../../src/platform/doctor/doctor.js';
import type { SharedJob } from '../../../src/platform/jobs/shared-job.js';
import { SharedWork } from '../../../src/platform/jobs/shared-work.js';
import { PoisonedTable } from '../../harness/poison.js';
import { TestProgram } from '../../harness/program.js';
import { TestClock } from '../../harness/test-clock.js';
import { until } from '../../harness/until.js';
import { connections } from '../../features/contacts/imports/importing.js';
import { settled } from '../events/settled.js';

const ACCOUNTS = 5;
const EACH = 2;
const UNLUCKY = 3;
/** Ids carry the machine's time, so the test's clock begins beyond it. */
const START = '2090-01-01T00:00:00.000Z';
/** Beyond both retentions. */
const LATER_MS = 91 * 86_400_000;

interface Account {
  readonly accountId: string;
  readonly secret: string;
}

/** A job of the program itself: what it fails on, what it has to do, and how that is seen to be done. */
interface Upkeep {
  readonly noun: string;
  readonly poison: { readonly table: string; readonly verb: 'update' | 'delete'; readonly when: string };
  /** Makes something to do that has this mark. */
  readonly make: (account: Account, mark: string) => Promise<unknown>;
  /** Of which accounts it is not done yet. */
  readonly left: string;
}

let program: TestProgram;
let accounts: Account[];
let poisoned: PoisonedTable | null = null;

beforeAll(async () => {
  const env = { ROLES: 'api,worker', EVENT_RETENTION_DAYS: '90', WEBHOOK_RETENTION_DAYS: '30' };
  program = await TestProgram.start({ clock: new TestClock(START), env });
  const installation = program.app.get(InstallationService);
  accounts = await Promise.all(Array.from({ length: ACCOUNTS }, (_, n) => installation.addAccount(`A ${n}`, 'UTC')));
});
afterAll(() => program.stop());
afterEach(async () => {
  await poisoned?.mend();
  poisoned = null;
});

const sql = (text: string, values: unknown[]) => program.pool.query(text, values);

/** An endpoint as it is stored, with values that no caller can give. */
function webhook({ accountId }: Account, values: Readonly<Record<string, unknown>>): Promise<unknown> {
  const row = { url: 'https://hooks.example', scopes: ['*'], created_at: START, updated_at: START, ...values };
  return sql(
    `insert into webhooks (account_id, id, ${Object.keys(row).join(', ')})
     values ($1, new_id(), ${Object.keys(row).map((_, n) => `$${n + 2}`)})`,
    [accountId, ...Object.values(row)],
  );
}

const event = `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
  values ($1, new_id(), $2, 'contact', new_id(), $3, '{}')`;

const JOBS: Readonly<Record<string, Upkeep>> = {
  'end grants': {
    noun: 'webhook',
    poison: { table: 'webhooks', verb: 'update', when: `new.status = 'disabled' and new.description = 'poison'` },
    make: (account, description) => webhook(account, { description, granted_until: '2089-01-01' }),
    left: `webhooks where granted_until is not null and status = 'active'`,
  },
  'end hooks': {
    noun: 'webhook',
    poison: { table: 'webhooks', verb: 'update', when: `new.deleted_at is not null and new.description = 'poison'` },
    make: (account, description) =>
      webhook(account, { description, rest_hook: true, status: 'disabled', disabled_reason: 'gone' }),
    left: `webhooks where rest_hook and disabled_reason = 'gone' and deleted_at is null`,
  },
  farewells: {
    noun: 'webhook',
    poison: { table: 'webhooks', verb: 'update', when: `new.farewells > 0 and new.description = 'poison'` },
    make: (account, description) =>
      webhook(account, { description, rest_hook: true, deleted_at: START, farewell_at: START, url: 'https://[::1]/' }),
    left: `webhooks where rest_hook and deleted_at is not null and disabled_reason is null and farewells = 0`,
  },
  'forget events': {
    noun: 'account',
    poison: { table: 'events', verb: 'delete', when: `old.type = 'contact.poison'` },
    make: ({ accountId }, mark) => sql(event, [accountId, `contact.${mark}`, program.clock.now()]),
    left: `events where type in ('contact.good', 'contact.poison')`,
  },
  'forget deliveries': {
    noun: 'account',
    poison: { table: 'deliveries', verb: 'delete', when: `old.event_type = 'poison'` },
    make: async (account, mark) => {
      await webhook(account, { description: `sent ${mark}` });
      await sql(
        `insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, state)
         select account_id, new_id(), '2080-01-01', '2080-01-01', id, new_id(), $2, 'delivered' from webhooks
         where account_id = $1 order by id desc limit 1`,
        [account.accountId, mark],
      );
    },
    left: `deliveries where event_type in ('good', 'poison')`,
  },
  import: {
    noun: 'import',
    poison: {
      table: 'imports',
      verb: 'update',
      when: `new.state = 'applying' and exists (select from import_rows r where r.import_id = new.id and r.name = 'poison')`,
    },
    make: async ({ secret }, mark) => {
      const { status } = await fetch(`${program.address}/v1/imports/linkedin`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/csv' },
        body: connections(`${mark},,,,,,`),
      });
      expect(status).toBe(202);
    },
    left: 'imports where finished_at is null',
  },
  'forget merges': {
    noun: 'contactMerge',
    poison: { table: 'contact_merges', verb: 'delete', when: `old.changed = '{poison}'` },
    make: ({ accountId }, mark) =>
      sql(
        `with two as (insert into contacts (account_id, id, created_at, updated_at, name) select $1, new_id(), $2, $2, 'Ada' from generate_series(1, 2) returning id)
         insert into contact_merges (account_id, id, created_at, updated_at, contact_id, merged_id, changed)
         select $1, new_id(), $2, $2, min(id::text)::uuid, max(id::text)::uuid, array[$3] from two`,
        [accountId, START, mark],
      ),
    left: 'contact_merges where true',
  },
  'forget imports': {
    noun: 'import',
    poison: { table: 'imports', verb: 'delete', when: `old.failure = 'poison'` },
    make: ({ accountId }, mark) =>
      sql(
        `insert into imports (account_id, id, created_at, updated_at, source, state, preview, failure)
         values ($1, new_id(), $3, $3, 'linkedin', 'failed', false, $2)`,
        [accountId, mark, program.clock.now()],
      ),
    left: `imports where failure in ('good', 'poison')`,
  },
  'forget kept answers': {
    noun: 'account',
    poison: { table: 'kept_answers', verb: 'delete', when: `old.answer = 'poison'` },
    make: ({ accountId }, mark) =>
      sql(
        `insert into kept_answers (account_id, key, fingerprint, answered_at, answer) values ($1, new_id(), '', $3, $2)`,
        [accountId, mark, program.clock.now()],
      ),
    left: `kept_answers where answer in ('good', 'poison')`,
  },
};

it.each(Object.entries(JOBS))('what %s fails on is set aside, and all else is done', async (job, upkeep) => {
  const unlucky = accounts[UNLUCKY] ?? { accountId: '', secret: '' };
  const left = async (more: string): Promise<number> =>
    (await sql(`select count(*)::int as left from ${upkeep.left} and ${more} $1`, [unlucky.accountId])).rows[0].left;
  const { table, verb, when } = upkeep.poison;
  poisoned = await PoisonedTable.pour(program.pool, table, verb, when, { fails: 'a secret of the row' });
  await upkeep.make(unlucky, 'poison');
  for (const account of accounts) for (let n = 0; n < EACH; n += 1) await upkeep.make(account, 'good');
  // No event is deleted that readers may not see yet, and the job comes again only an hour later.
  await settled(program.pool);
  program.clock.advance(LATER_MS);
  await until('the others are done', async () => (await left('account_id <>')) === 0);
  const { failure, told } = await until('it is set aside, and its account is told', async () => {
    const [found] = (await program.ask('get', '/v1/failures', { key: unlucky.secret })).body.data;
    const changes = await sql(`select data from events where type = 'failure.set_aside' and data ->> 'id' = $1`, [
      found?.id,
    ]);
    if (found && changes.rows.length > 0) return { failure: found, told: changes.rows };
    // On a busy machine the first try may have taken too long, which is told with the third.
    if (found) program.clock.advance(10_000);
    return null;
  });
  expect(failure).toMatchObject({ job, subjectType: upkeep.noun, reason: 'The database refuses it (state P0001).' });
  expect(told).toHaveLength(1);
  expect(JSON.stringify([failure, told])).not.toContain('secret');
  expect(await left('account_id =')).toBeGreaterThan(0);
  const findings = [];
  for await (const finding of program.app.get(Doctor).findings(true))
    if (finding.check === 'nothing_set_aside') findings.push(finding);
  expect(findings).toMatchObject([{ id: failure.id, wrong: expect.stringContaining('a secret of the row') }]);
  await poisoned.mend();
  poisoned = null;
  program.clock.advance(LATER_MS);
  await until('it is done after all', async () => (await left('account_id =')) === 0);
  await until('nothing is set aside', async () => (await sql('select id from failures', [])).rows.length === 0);
});

it('an account whose work cannot even be looked for stops no other', async () => {
  const [before, between, after] = accounts;
  if (!before || !between || !after) throw new Error('Three accounts are needed.');
  const done: string[] = [];
  const shared = program.app.get(SharedWork);
  const job: SharedJob = {
    name: 'what is looked for',
    noun: 'account',
    find: ({ accountId }) => ({ text: `select 1 / $1::int as id`, values: [accountId === between.accountId ? 1 : 0] }),
    some: async () => done.push('something'),
  };
  shared.register(job);
  for (const { accountId } of [before, between, after])
    await shared.setAside(job, { accountId, id: accountId }, new Error('It cannot be done.'));
  await until('the one between them has its turn', () => done.length > 0);
  await sql('delete from failures where job = $1', [job.name]);
});
