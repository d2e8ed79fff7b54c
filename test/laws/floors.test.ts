import { House } from './house.js';

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

const service = (name: string) => `export const ${name} = 1;`;
const imports = (...paths: string[]) =>
  paths.map((path, at) => `import { a${at} } from '${path}';\nvoid a${at};`).join('\n') + '\nexport {};';

/** Listed by the small house as by this one. */
const FEATURES = ['accounts', 'reminders', 'contacts', 'recruiters', 'insights', 'webhooks'];

/** The file that breaks a law, the rule that must see it, and the file it reaches for. */
const BROKEN: [law: string, rule: string, from: string, path: string][] = [
  ['kit reaches up to platform', 'kit-is-the-ground', 'src/kit/up.ts', '../platform/database/database.js'],
  ['kit imports a framework', 'kit-is-pure', 'src/kit/framework.ts', '@nestjs/common'],
  ['kit imports the database driver', 'kit-is-pure', 'src/kit/driver.ts', 'pg'],
  ['kit reads files', 'kit-is-pure', 'src/kit/files.ts', 'node:fs/promises'],
  [
    'platform knows a feature',
    'platform-knows-no-subject',
    'src/platform/jobs/up.ts',
    '../../features/contacts/contacts.service.js',
  ],
  [
    'a room of platform reaches up the stairs',
    'platform-contract-looks-down-only',
    'src/platform/contract/up.ts',
    '../database/database.js',
  ],
  ['the lowest room reaches up', 'platform-clock-looks-down-only', 'src/platform/clock/up.ts', '../config/config.js'],
  ['a room has no step', 'every-room-has-its-step', 'src/platform/attic/box.ts', '../../kit/text.js'],
  ['a room knows the whole', 'rooms-do-not-know-the-whole', 'src/platform/jobs/whole.ts', '../platform.module.js'],
  [
    'a room of reminders reaches up the stairs',
    'reminders-digests-looks-down-only',
    'src/features/reminders/digests/up.ts',
    '../calendar/entries.js',
  ],
  [
    'a room of webhooks reaches up the stairs',
    'webhooks-deliveries-looks-down-only',
    'src/features/webhooks/deliveries/up.ts',
    '../hooks/hooks.sql.js',
  ],
  [
    'a room of webhooks has no step',
    'every-room-of-webhooks-has-its-step',
    'src/features/webhooks/attic/box.ts',
    '../../../kit/text.js',
  ],
  [
    'the ground of webhooks knows a room above it',
    'ground-of-webhooks-carries-its-rooms',
    'src/features/webhooks/webhooks.sql.ts',
    './sending/claim.sql.js',
  ],
  [
    'the ground of reminders knows a room',
    'ground-of-reminders-carries-its-rooms',
    'src/features/reminders/reminders.sql.ts',
    './calendar/entries.js',
  ],
  [
    'a low room of reminders reaches up the stairs',
    'reminders-timing-looks-down-only',
    'src/features/reminders/timing/up.ts',
    '../calendar/entries.js',
  ],
  [
    'a room of reminders knows the roof',
    'rooms-of-reminders-are-under-its-roof',
    'src/features/reminders/answering/up.ts',
    '../reminders.service.js',
  ],
  ['a feature knows the app', 'features-do-not-know-the-app', 'src/features/contacts/up.ts', '../../app/main.js'],
  [
    'the program imports a test',
    'the-program-does-not-know-its-workshop',
    'src/app/tested.ts',
    '../../test/harness.js',
  ],
  [
    'a feature imports a migration',
    'migrations-are-listed-by-the-app',
    'src/features/contacts/past.ts',
    '../../../migrations/0001-first.js',
  ],
  [
    'a migration imports a feature',
    'migrations-are-history',
    'migrations/0002-second.ts',
    '../src/features/contacts/contacts.service.js',
  ],
  [
    'contacts import recruiters',
    'contacts-looks-down-only',
    'src/features/contacts/arrow.ts',
    '../recruiters/recruiters.service.js',
  ],
  [
    'accounts import contacts',
    'accounts-looks-down-only',
    'src/features/accounts/arrow.ts',
    '../contacts/contacts.service.js',
  ],
  [
    'a feature calls webhooks',
    'nobody-calls-webhooks',
    'src/features/insights/call.ts',
    '../webhooks/webhooks.service.js',
  ],
  [
    'webhooks know a subject',
    'webhooks-know-only-events',
    'src/features/webhooks/subject.ts',
    '../contacts/contacts.service.js',
  ],
  ['a feature has no place', 'every-feature-has-its-place', 'src/features/salaries/salary.ts', '../../kit/text.js'],
  [
    'a feature opens an inner file of another',
    'features-show-three-faces',
    'src/features/recruiters/inner.ts',
    '../contacts/cadence.js',
  ],
  [
    'a feature opens the relations of another',
    'features-show-three-faces',
    'src/features/recruiters/relations.ts',
    '../contacts/contact.relations.js',
  ],
  ['a service knows GraphQL', 'rules-know-no-transport', 'src/features/contacts/graphql.service.ts', '@nestjs/graphql'],
  ['an entity knows OpenAPI', 'rules-know-no-transport', 'src/features/contacts/swagger.entity.ts', '@nestjs/swagger'],
  ['inputs know Fastify', 'rules-know-no-transport', 'src/features/contacts/fastify.inputs.ts', 'fastify'],
  [
    'a service knows its controller',
    'rules-know-no-transport',
    'src/features/contacts/face.service.ts',
    './contacts.controller.js',
  ],
  ['a service knows TypeORM', 'typeorm-stays-in-its-room', 'src/features/contacts/typeorm.service.ts', 'typeorm'],
  ['a job knows TypeORM', 'typeorm-stays-in-its-room', 'src/platform/jobs/typeorm.ts', 'typeorm'],
  ['a feature speaks to the server', 'pg-stays-in-platform', 'src/features/contacts/contacts.sql.ts', 'pg'],
  ['two files need each other', 'no-cycles', 'src/kit/hen.ts', './egg.js'],
  ['two files need each other for a type only', 'no-cycles', 'src/kit/type-hen.ts', './type-egg.js'],
  ['an import leads nowhere', 'no-dead-ends', 'src/app/lost.ts', './nowhere.js'],
  ['the program imports a tool of the workshop', 'no-workshop-tools-in-production', 'src/app/tool.ts', 'fast-check'],
];

const LAWFUL: Record<string, string> = {
  ...Object.fromEntries(FEATURES.map((name) => [`src/features/${name}/${name}.module.ts`, service(name)])),
  'src/kit/text.ts': service('text'),
  'src/platform/database/database.ts': imports('typeorm', 'pg', '../../kit/text.js'),
  'src/platform/contract/recipes.ts': service('recipe'),
  'src/platform/config/config.ts': service('config'),
  'src/platform/platform.module.ts': imports('./database/database.js', './config/config.js'),
  'src/platform/resources/view.ts': imports('../contract/recipes.js', '../database/database.js'),
  'src/platform/graphql/limits.ts': imports('graphql', '@nestjs/graphql'),
  'src/features/contacts/contact.entity.ts': imports('typeorm', '../../platform/database/database.js'),
  'src/features/contacts/contact.relations.ts': service('relations'),
  'src/features/contacts/cadence.ts': service('cadence'),
  'src/features/contacts/contacts.service.ts': imports(
    '@nestjs/common',
    '../reminders/reminders.service.js',
    './cadence.js',
  ),
  'src/features/contacts/contacts.controller.ts': imports('@nestjs/swagger', 'fastify', './contacts.service.js'),
  'src/features/contacts/interactions/interactions.service.ts': imports(
    '../cadence.js',
    '../../accounts/account.entity.js',
  ),
  'src/features/accounts/account.entity.ts': service('account'),
  'src/features/reminders/reminders.service.ts': imports('./timing/repeats.js'),
  'src/features/reminders/timing/repeats.ts': imports('../../../kit/text.js'),
  'src/features/reminders/calendar/entries.ts': imports('../timing/repeats.js'),
  'src/features/webhooks/formats/message.ts': service('message'),
  'src/features/webhooks/deliveries/delivery.entity.ts': imports('../formats/message.js'),
  'src/features/webhooks/webhook.events.ts': imports('./deliveries/delivery.entity.js'),
  'src/features/webhooks/sending/claim.sql.ts': imports('../deliveries/delivery.entity.js', '../webhook.events.js'),
  'src/features/webhooks/hooks/hooks.sql.ts': imports('../sending/claim.sql.js'),
  'src/features/recruiters/recruiters.service.ts': imports(
    '../contacts/contact.entity.js',
    '../contacts/contacts.service.js',
  ),
  'src/features/webhooks/webhooks.service.ts': imports('undici', '../../platform/database/database.js'),
  'src/app/app.module.ts': FEATURES.map((name) => `import { ${name} } from '../features/${name}/${name}.module.js';`)
    .concat(`export const features: readonly Feature[] = [${FEATURES.join(', ')}];`)
    .join('\n'),
  'src/app/main.ts': imports('./data-source.js', '../features/contacts/contacts.controller.js'),
  'src/app/data-source.ts': imports('typeorm', '../../migrations/0001-first.js'),
  'migrations/0001-first.ts': imports('typeorm'),
  'test/harness.ts': imports(
    '../src/features/contacts/cadence.js',
    '../src/features/webhooks/webhooks.service.js',
    'pg',
  ),
};

const OTHER_HALVES: Record<string, string> = {
  'src/kit/egg.ts': imports('./hen.js'),
  'src/kit/type-hen.ts': `import type { Egg } from './type-egg.js';\nexport type Hen = Egg | 1;`,
  'src/kit/type-egg.ts': `import type { Hen } from './type-hen.js';\nexport type Egg = Hen | 2;`,
};

describe('the floors', () => {
  let house: House;
  let violations: Violation[];

  beforeAll(async () => {
    const broken = Object.fromEntries(BROKEN.map(([, , from, path]) => [from, imports(path)]));
    house = await House.lay({ ...broken, ...LAWFUL, ...OTHER_HALVES });
    const report = await house.run(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'test', 'migrations'],
    );
    violations = (JSON.parse(report) as { summary: { violations: Violation[] } }).summary.violations;
  });

  afterAll(() => house.raze());

  // A cycle is reported once, from whichever of its files comes first.
  it.each(BROKEN)('are broken when %s: %s', (_law, rule, file) => {
    const seen = violations.filter(({ from, to }) => from === file || to === file);
    expect(seen.map(({ rule: { name } }) => name)).toContain(rule);
  });

  it('leave lawful imports alone', () => {
    expect(violations.filter(({ from }) => from in LAWFUL)).toEqual([]);
  });
});
